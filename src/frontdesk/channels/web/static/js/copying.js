// Copies a text that stands on the page: `<button data-copy="id of the text" data-copied="words">`.
const SHOWN_MS = 2000;

export function startCopying() {
  // The clipboard is there on https and on this machine only.
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    // Not allowed: marked, it can be copied by hand.
    getSelection().selectAllChildren(source);
    return;
  }
  button.disabled = true;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = words;
    button.disabled = false;
    button.focus();
  }, SHOWN_MS);
}
