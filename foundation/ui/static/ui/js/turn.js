// A picture with data-turn="url" can be turned as a model. Nothing of it is fetched before somebody asks; what fails leaves the picture.
const WAIT_MS = 1500, TRIES = 20;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const hasWebGL = () => { try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; } };

for (const box of document.querySelectorAll("[data-turn]")) {
  const button = box.querySelector("[data-turn-open]"), told = box.querySelector("[data-turn-told]");
  const say = (word) => { told.textContent = word ? told.dataset[word] : ""; };
  const form = document.querySelector("form[data-fragment]");
  let viewer = null, latest = 0;
  if (!hasWebGL()) continue;
  button.hidden = false;
  button.addEventListener("click", () => (viewer ? close() : open()));
  form?.addEventListener("change", () => viewer && open());

  function close() {
    latest += 1;
    viewer?.dispose();
    viewer = null;
    button.textContent = button.dataset.open;
    button.setAttribute("aria-expanded", "false");
    say("");
  }
  async function open() {
    const mine = (latest += 1);
    button.setAttribute("aria-busy", "true");
    say("wait");
    try {
      const found = await model(mine);
      const { Viewer } = await import("ui/viewer");
      if (mine !== latest) return;
      viewer ??= new Viewer(box, { label: told.dataset.label, lost: () => { close(); say("failed"); } });
      await viewer.show(found.url, found.metal);
      if (mine !== latest) return;
      button.textContent = button.dataset.close;
      button.setAttribute("aria-expanded", "true");
      say("keys");
    } catch (error) {
      if (mine !== latest) return;
      close();
      say("failed");
    } finally {
      button.removeAttribute("aria-busy");
    }
  }
  async function model(mine) {
    if (box.dataset.model) return { url: box.dataset.model, metal: box.dataset.metal };
    const asked = new URL(box.dataset.turn, location.href);
    for (const [name, value] of form ? new FormData(form) : []) {
      if (["metal", "size", "stone"].includes(name)) asked.searchParams.set(name, value);
    }
    for (let tries = 0; tries < TRIES && mine === latest; tries += 1) {
      const answer = await fetch(asked);
      if (!answer.ok) break;
      if (answer.status === 200) return answer.json();
      await pause(WAIT_MS);
    }
    throw new Error("no model");
  }
}
