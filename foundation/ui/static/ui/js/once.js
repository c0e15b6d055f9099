// A form with data-once acts once: no second send while the first is under way, and a new action number when one was
// used. data-once="bench" also survives a lost network: what was sent is kept in the page and sent again, same number.
const waiting = new Set();

function renumber(form) {
  const number = form.elements.namedItem("action_id");
  if (number) number.value = crypto.randomUUID();
}

function busy(form, button, on) {
  form.toggleAttribute("data-sent", on);
  if (!button) return;
  button.setAttribute("aria-busy", String(on));
  if (!button.dataset.busy) return;
  if (on) button.dataset.words = button.textContent;
  button.textContent = on ? button.dataset.busy : button.dataset.words || button.textContent;
}

function tell() {
  let sign = document.querySelector(".waiting");
  if (!waiting.size) return sign?.remove();
  if (!sign) {
    sign = Object.assign(document.createElement("p"), { className: "waiting" });
    sign.setAttribute("role", "status");
    document.body.append(sign);
  }
  const words = document.body.dataset.waiting || "{n} waiting for the network";
  sign.textContent = words.replace("{n}", waiting.size);
}

async function send(form, body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    waiting.delete(form);
    tell();
    if (answer.redirected) return location.assign(answer.url);
    const page = await answer.text();
    document.open(); document.write(page); document.close();
  } catch {
    waiting.add(form);
    tell();
    addEventListener("online", () => send(form, body), { once: true });
    setTimeout(() => waiting.has(form) && navigator.onLine && send(form, body), 8000);
  }
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.hasAttribute("data-sent")) return event.preventDefault();
  const body = new FormData(form, event.submitter);
  busy(form, event.submitter, true);
  if (form.dataset.once !== "bench") return;
  event.preventDefault();
  send(form, body);
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-once]")) {
    renumber(form);
    busy(form, form.querySelector("[aria-busy=true]"), false);
  }
});
