// Starts what every page has. Each module does one thing and leaves the page alone without it.
import { startChoices } from "./choices.js";
import { startCopying } from "./copying.js";
import { startDrafts } from "./drafts.js";
import { startForms, wakeButtons } from "./forms.js";
import { startImages } from "./images.js";
import { startLive } from "./live.js";
import { keepTimesFresh } from "./times.js";
import { startToasts } from "./toasts.js";
import { startUploads } from "./uploads.js";

startUploads();
startChoices();
startCopying();
startForms();
startDrafts();
startImages();
startToasts();
keepTimesFresh();
startLive();
document.addEventListener("htmx:afterRequest", () => wakeButtons());
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.me-menu[open], details.menu-box[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
