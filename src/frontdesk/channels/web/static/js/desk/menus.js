// Menus of a ticket: filled from the pages that stand behind them; small acts without a new page.
import { wakeButtons } from "../forms.js";
import { deskText, fetchPage } from "./page.js";
import { showTicket } from "./ticket.js";

export function startMenus() {
  document.addEventListener("toggle", opened, true);
  document.addEventListener("keydown", walk);
  document.addEventListener("click", cancelled);
  document.addEventListener("submit", submitted);
}

async function opened(event) {
  const menu = event.target;
  if (!menu.matches?.("details.menu-box") || !menu.open) return;
  for (const other of document.querySelectorAll("details.menu-box[open]")) {
    if (other !== menu) other.open = false;
  }
  const body = menu.querySelector(".popover");
  if (menu.dataset.load) {
    try {
      const { page, response } = await fetchPage(menu.dataset.load, { bare: true });
      if (!response.ok || response.redirected) return;
      body.replaceChildren(...page.querySelector("[data-part]").childNodes);
    } catch {
      return; // the link in the menu still leads to the page
    }
  }
  if (menu.open && menu.contains(document.activeElement)) {
    const first = "input:not([type=hidden]), .opt, button";
    (body.querySelector("[aria-current]") ?? body.querySelector(first))?.focus();
  }
}

/** Arrow keys walk through the entries of an open menu. */
function walk(event) {
  const menu = event.target.closest?.("details.menu-box[open]");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (event.target.matches("textarea, input")) return;
  event.preventDefault();
  const entries = [...menu.querySelectorAll(".popover .opt")].filter((one) => one.checkVisibility());
  const at = entries.indexOf(document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  entries.at((at + step) % entries.length)?.focus();
}

function cancelled(event) {
  const cancel = event.target.closest("[data-cancel]");
  const box = cancel?.closest("details.menu-box, dialog");
  if (!box) return;
  event.preventDefault();
  if (box.matches("dialog")) box.close();
  else {
    box.open = false;
    box.querySelector("summary").focus();
  }
}

function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.matches("[data-asks-once]")) {
    event.preventDefault();
    askOnce(form);
  } else if (form.matches("[data-act]") && document.querySelector("[data-ticket-page]")) {
    event.preventDefault();
    act(form, event.submitter);
  }
}

/** Do it, and show what the answer says in the parts of this page. */
async function act(form, submitter) {
  const menu = form.closest("details[open]");
  try {
    const body = new FormData(form, submitter);
    const { page, response } = await fetchPage(form.action, { method: "POST", body });
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (!page.querySelector(`[data-ticket-page="${CSS.escape(ticketNumber())}"]`)) {
      location.assign(response.url);
      return;
    }
    document.getElementById("ticket-notices").replaceChildren();
    showTicket(page);
  } catch {
    document.getElementById("ticket-notices").textContent = deskText("failed");
  } finally {
    wakeButtons();
  }
}

function ticketNumber() {
  return document.querySelector("[data-ticket-page]").dataset.ticketPage;
}

/** The question stands in a dialog; its answer is sent as from its page. */
async function askOnce(form) {
  const opener = document.activeElement;
  let part = null;
  try {
    const { page, response } = await fetchPage(form.action, { bare: true });
    if (response.ok && !response.redirected) part = page.querySelector("[data-part]");
  } catch {
    part = null;
  }
  wakeButtons();
  if (!part) {
    form.submit();
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "ask-once";
  dialog.append(...part.childNodes);
  dialog.setAttribute("aria-label", dialog.querySelector("h1").textContent);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[data-cancel]").focus();
}
