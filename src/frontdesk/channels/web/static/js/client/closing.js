// Asks once before a ticket is closed; with a reply typed it offers to send it with that.
export function startClosing() {
  const dialog = document.getElementById("close-dialog");
  const opener = document.querySelector("[data-close]");
  if (!dialog?.showModal || !opener) return;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    const form = document.getElementById("reply");
    const isTyped = Boolean(form.elements.message.value.trim() || form.querySelector("[data-file]"));
    for (const part of dialog.querySelectorAll("[data-when-typed]")) part.hidden = !isTyped;
    dialog.showModal();
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => opener.focus());
}
