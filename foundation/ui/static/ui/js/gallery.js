// Thumbnails change the big picture in place. Without this they are links to the picture.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const main = gallery.querySelector(".main picture");
  gallery.addEventListener("click", (event) => {
    const thumb = event.target.closest(".thumbs a");
    if (!thumb || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const from = thumb.querySelector("picture");
    const image = main.querySelector("img");
    const small = from.querySelector("img");
    main.querySelector("source")?.setAttribute("srcset", from.querySelector("source")?.srcset ?? "");
    image.srcset = small.srcset;
    image.src = thumb.href;
    image.alt = thumb.getAttribute("aria-label") ?? small.alt;
    for (const one of gallery.querySelectorAll(".thumbs a")) one.removeAttribute("aria-current");
    thumb.setAttribute("aria-current", "true");
  });
}
