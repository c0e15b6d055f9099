// Thumbnails change the big picture in place, with its words and its scale. Without this they are links to the picture.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  gallery.addEventListener("click", (event) => {
    const thumb = event.target.closest(".thumbs a");
    if (!thumb || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const main = gallery.querySelector(".main picture"), scale = gallery.querySelector(".main .scale"), words = gallery.querySelector("[data-shown]");
    const from = thumb.querySelector("picture");
    const image = main.querySelector("img");
    const small = from.querySelector("img");
    main.querySelector("source")?.setAttribute("srcset", from.querySelector("source")?.srcset ?? "");
    image.srcset = small.srcset;
    image.src = thumb.dataset.full ?? thumb.href;
    image.alt = thumb.dataset.words ?? thumb.getAttribute("aria-label") ?? small.alt;
    if (words) words.textContent = image.alt;
    if (scale && thumb.dataset.scale) {
      scale.hidden = thumb.dataset.scale === "0";
      scale.querySelector("svg svg").setAttribute("width", thumb.dataset.scale);
    }
    for (const one of gallery.querySelectorAll(".thumbs a")) one.removeAttribute("aria-current");
    thumb.setAttribute("aria-current", "true");
  });
}
