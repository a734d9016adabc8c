// Opens an image of a thread in a dialog; without script its link downloads it.
import { say } from "./texts.js";

export function startImages() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-image]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
}

function open(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  const small = link.querySelector("img");
  const image = document.createElement("img");
  image.src = link.dataset.image;
  image.alt = small.alt;
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = say("close");
  close.addEventListener("click", () => dialog.close());
  const download = document.createElement("a");
  download.className = "btn primary";
  download.href = link.href;
  download.textContent = say("download");
  const footer = document.createElement("footer");
  footer.append(close, download);
  dialog.append(image, footer);
  dialog.setAttribute("aria-label", small.alt);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
}
