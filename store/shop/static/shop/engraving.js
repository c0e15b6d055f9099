// The engraving is shown as it is typed. Without this, it is shown when the price is worked out.
for (const field of document.querySelectorAll("[data-engraving]")) {
  const shown = document.getElementById(field.dataset.engraving);
  const frame = shown?.closest(".engraving");
  field.addEventListener("input", () => {
    shown.textContent = field.value;
    frame.hidden = !field.value.trim();
  });
}
