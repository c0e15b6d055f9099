// A filter acts as it is ticked. Without this, the button below the filters does the same.
for (const form of document.querySelectorAll("form[data-list]")) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}
