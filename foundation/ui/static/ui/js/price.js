// A form with data-fragment="url" asks again for its price when a choice changes: the answer's elements with an id take
// the place of those in the page. Without this, a button in the form does the same by loading the page.
for (const form of document.querySelectorAll("form[data-fragment]")) {
  let under;
  form.addEventListener("change", async () => {
    under?.abort();
    under = new AbortController();
    const asked = new URL(form.dataset.fragment, location.href);
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !["csrfmiddlewaretoken", "action_id"].includes(name)) asked.searchParams.append(name, value);
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
  });
}
