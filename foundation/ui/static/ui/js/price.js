// A form with data-fragment="url" asks again for its price when a choice changes: the answer's elements with an id take
// the place of those in the page; one with data-again="ms" is not known yet, and asked for again. Without this, a button
// does the same by loading the page. data-asks="country delivery" names the fields the price depends on: no other is sent.
for (const form of document.querySelectorAll("form[data-fragment]")) {
  const asks = form.dataset.asks?.split(" ");
  const counts = (name) => !asks || asks.includes(name);
  const agreed = () => Number(form.elements.namedItem("agreed")?.value);
  let under, typing, pressed, again;
  // Words change the price as they are typed: the button must say what is agreed to.
  form.addEventListener("input", (event) => {
    if (!counts(event.target.name)) return;
    clearTimeout(typing);
    if (event.target.matches("input[type=text], input:not([type]), textarea")) typing = setTimeout(ask, 350);
  });
  form.addEventListener("change", (event) => counts(event.target.name) && ask());
  // Pressed before the answer is here: it goes on with it, unless that asks for more than the button said.
  form.addEventListener("submit", (event) => {
    if (!under || event.submitter?.name) return;
    event.preventDefault();
    pressed = { button: event.submitter, agreed: agreed() };
  });
  async function ask() {
    clearTimeout(typing);
    clearTimeout(again);
    under?.abort();
    const mine = (under = new AbortController());
    const asked = new URL(form.dataset.fragment, location.href);
    for (const [name, value] of new FormData(form)) {
      const private_ = "private" in (form.elements.namedItem(name)?.dataset ?? {}); // stays out of addresses
      const sent = typeof value === "string" && !private_ && counts(name) && !["csrfmiddlewaretoken", "action_id"].includes(name);
      if (sent) asked.searchParams.append(name, value);
    }
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(asked, { signal: mine.signal, headers: { "X-Fragment": "1" } });
      if (!answer.ok) return;
      const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts.querySelectorAll("body > [id]")) {
        const old = document.getElementById(part.id), same = part.dataset.same;
        if (!same || same !== old?.dataset.same) old?.replaceWith(part);
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      if (under === mine) settled();
    }
  }
  function askAgain() {
    const late = form.querySelector("[data-again]");
    if (late) again = setTimeout(ask, late.dataset.again);
  }
  function settled() {
    under = undefined;
    form.removeAttribute("aria-busy");
    askAgain();
    if (!pressed) return;
    const { button, agreed: said } = pressed;
    const now = button?.isConnected ? button : form.querySelector(".btn:not([name])");
    pressed = undefined;
    if (agreed() > said) now?.focus();
    else form.requestSubmit(now);
  }
  askAgain();
}
