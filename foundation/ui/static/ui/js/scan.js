// "/" brings the cursor to the scan box; a scanner then types into it and presses Enter.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-scan] input");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
