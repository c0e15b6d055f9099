// A picture with data-turn="url" is turned as a model, one at a time; nothing is fetched before somebody asks, and what fails
// leaves the picture. data-shows: picture, or how stones are drawn.
const WAIT_MS = 1500, TRIES = 20;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const hasWebGL = () => { try { return document.createElement("canvas").getContext("webgl2"); } catch { return null; } };
const form = document.querySelector("form[data-fragment]");
let closeOther = () => {};

for (const box of document.querySelectorAll("[data-turn]")) {
  const button = box.querySelector("[data-turn-open]"), told = box.querySelector("[data-turn-told]");
  const say = (word) => { told.textContent = word ? told.dataset[word] : ""; };
  let viewer = null, latest = 0;
  button.hidden = false;
  button.addEventListener("click", () => (viewer ? close() : open()));
  form?.addEventListener("change", () => viewer && open());

  function close(word) {
    latest += 1;
    viewer?.dispose();
    viewer = null;
    box.dataset.shows = "picture";
    button.textContent = button.dataset.open;
    button.setAttribute("aria-expanded", "false");
    say(word);
  }
  async function open() {
    const mine = (latest += 1);
    if (closeOther !== close) closeOther();
    closeOther = close;
    button.setAttribute("aria-busy", "true");
    say("wait");
    try {
      if (!viewer && !hasWebGL()) throw new Error("no WebGL");
      const [found, { Viewer }] = await Promise.all([model(mine), import("ui/viewer")]);
      if (mine !== latest) return;
      viewer ??= new Viewer(box, { label: told.dataset.label, lost: () => close("failed") });
      await viewer.show(found.url, found.metal);
      if (mine !== latest) return;
      box.dataset.shows = viewer.stones;
      button.textContent = button.dataset.close;
      button.setAttribute("aria-expanded", "true");
      say("keys");
    } catch {
      if (mine === latest) close("failed");
    } finally {
      button.removeAttribute("aria-busy");
    }
  }
  async function model(mine) {
    const asked = new URL(box.dataset.turn, location.href);
    for (const [name, value] of form ? new FormData(form) : []) {
      if (["metal", "size", "stone"].includes(name)) asked.searchParams.set(name, value);
    }
    for (let tries = 0; tries < TRIES && mine === latest; tries += 1) {
      const answer = await fetch(asked);
      if (answer.status !== 202) { if (answer.ok) return answer.json(); break; }
      await pause(WAIT_MS);
    }
    throw new Error("no model");
  }
}
