// Opens a dialog for browsers that do not yet know commandfor.
addEventListener("click", (event) => {
  const button = event.target.closest?.("button[commandfor][command=show-modal]");
  if (!button || "commandForElement" in HTMLButtonElement.prototype) return;
  document.getElementById(button.getAttribute("commandfor"))?.showModal();
});
