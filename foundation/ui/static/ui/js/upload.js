// A form with data-progress="words" sends its file while a bar shows how much has left. Where the line breaks it says those
// words and can be sent again: its own number stays, so the house takes it once. Without this it is sent as any form is.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-progress]") || event.defaultPrevented) return;
  event.preventDefault();
  const bar = form.querySelector("progress"), said = form.querySelector("[role=alert]"), button = event.submitter;
  const request = new XMLHttpRequest();
  const broken = () => {
    bar.hidden = true;
    Object.assign(said, { hidden: false, textContent: form.dataset.progress });
    form.removeAttribute("data-sent");
    if (button?.getAttribute("aria-busy") === "true") {
      button.setAttribute("aria-busy", "false");
      if (button.dataset.busy) [button.textContent, button.dataset.busy] = [button.dataset.busy, button.textContent];
    }
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = (100 * loaded) / total));
  request.addEventListener("load", () => {
    const main = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
    if (request.status >= 500 || !main) return broken();
    document.getElementById("main").replaceWith(document.adoptNode(main));
    history.replaceState(null, "", request.responseURL);
    main.focus();
    scrollTo(0, 0);
  });
  request.addEventListener("error", broken);
  request.addEventListener("timeout", broken);
  Object.assign(bar, { hidden: false, value: 0 });
  said.hidden = true;
  request.timeout = 120_000;
  request.open("POST", form.action);
  request.send(new FormData(form));
});
