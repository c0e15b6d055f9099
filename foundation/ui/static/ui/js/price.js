// A form with data-fragment="url" asks again for its price when a choice changes: the answer's elements with an id take
// the place of those in the page. Without this, a button in the form does the same by loading the page.
for (const form of document.querySelectorAll("form[data-fragment]")) {
  let under, typing;
  // Words change the price as they are typed, not only when their field is left: the button must say what is agreed to.
  form.addEventListener("input", (event) => {
    clearTimeout(typing);
    if (event.target.matches("input[type=text], input:not([type]), textarea")) typing = setTimeout(ask, 350);
  });
  form.addEventListener("change", ask);
  async function ask() {
    clearTimeout(typing);
    under?.abort();
    under = new AbortController();
    const asked = new URL(form.dataset.fragment, location.href);
    for (const [name, value] of new FormData(form)) {
      const private_ = "private" in (form.elements.namedItem(name)?.dataset ?? {}); // who it is for stays out of addresses
      if (typeof value === "string" && !private_ && !["csrfmiddlewaretoken", "action_id"].includes(name)) asked.searchParams.append(name, value);
    }
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(asked, { signal: under.signal, headers: { "X-Fragment": "1" } });
      if (!answer.ok) return;
      const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts.querySelectorAll("body > [id]")) document.getElementById(part.id)?.replaceWith(part);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }
}
