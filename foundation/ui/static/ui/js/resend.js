// A form with data-once="bench" outlives a lost network: what was sent is kept in the page and sent again under the same
// number until it arrives, and the page says how many are waiting.
const waiting = new Set();

function tell() {
  const sign = document.querySelector(".waiting") ?? document.body.appendChild(document.createElement("p"));
  sign.className = "waiting";
  sign.setAttribute("role", "status");
  sign.hidden = !waiting.size;
  sign.textContent = (document.body.dataset.waiting ?? "{n}").replace("{n}", waiting.size);
}

async function show(answer, form) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.redirected) history.pushState(null, "", answer.url);
  document.title = page.title;
  document.body = page.body;
  scrollTo(0, 0);
  if (!answer.ok) keepPhotos(form);
  if (document.querySelector(".alarm")) sound();
  (document.querySelector("[autofocus]") ?? document.getElementById("main"))?.focus();
}

// Heard and felt by whoever looks at the piece and not at the screen.
function sound() {
  const player = new AudioContext(), tone = player.createOscillator();
  tone.type = "square";
  tone.frequency.value = 330;
  tone.connect(player.destination);
  tone.start();
  tone.stop(player.currentTime + 0.6);
  navigator.vibrate?.(600);
}

// Refused: the photos that were chosen stay chosen, as what was typed stays typed.
function keepPhotos(form) {
  for (const old of form.querySelectorAll("input[type=file][id]")) {
    const now = document.getElementById(old.id);
    if (now && old.files.length) now.files = old.files;
  }
}

async function send(form, body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    waiting.delete(form);
    await show(answer, form);
  } catch {
    waiting.add(form);
    setTimeout(() => send(form, body), 5000);
  }
  tell();
}

addEventListener("popstate", () => location.reload());
addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.once !== "bench") return;
  event.preventDefault();
  send(form, new FormData(form, event.submitter));
});
