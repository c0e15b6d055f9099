// A form with data-once acts once: no second send while the first is under way, and a new number when somebody goes back
// to a form that was sent.
const sent = new Set(JSON.parse(sessionStorage.sent ?? "[]"));
const number = (form) => form.elements.namedItem("action_id");

function busy(form, button, on) {
  form.toggleAttribute("data-sent", on);
  button?.setAttribute("aria-busy", on);
  if (button?.dataset.busy) [button.textContent, button.dataset.busy] = [button.dataset.busy, button.textContent];
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.hasAttribute("data-sent")) return event.preventDefault();
  sessionStorage.sent = JSON.stringify([...sent.add(number(form)?.value)].slice(-50));
  busy(form, event.submitter, true);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-once]")) {
    if (sent.has(number(form)?.value)) number(form).value = crypto.randomUUID?.() ?? number(form).value;
    if (form.hasAttribute("data-sent")) busy(form, form.querySelector("[aria-busy=true]"), false);
  }
});
