// Forms: one submit, a busy button, Ctrl+Enter, and the focus where it belongs.
import { forgetOld, keep, kept } from "./kept.js";
import { say } from "./texts.js";

export function startForms() {
  forgetOld();
  document.addEventListener("submit", submitOnce, true);
  document.addEventListener("keydown", sendByKeys);
  document.addEventListener("input", (event) => growAndKeep(event.target));
  addEventListener("pageshow", (event) => { if (event.persisted) wakeButtons(); });
  for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
  document.querySelector("[data-focus]")?.focus();
}

/** Let a form go out once; a second click while it is on its way does nothing. */
function submitOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "1";
  const button = event.submitter;
  // After this turn, or the button's own name and value would not be sent.
  setTimeout(() => setBusy(button), 0);
}

function setBusy(button) {
  if (!button || button.dataset.words) return;
  button.setAttribute("aria-busy", "true");
  const label = button.querySelector("[data-busy-words]");
  if (label) {
    button.dataset.words = label.textContent;
    label.textContent = say("sending");
  }
}

export function wakeButtons(root = document) {
  for (const form of root.querySelectorAll("form[data-busy]")) delete form.dataset.busy;
  for (const button of root.querySelectorAll("[aria-busy=true]")) {
    button.removeAttribute("aria-busy");
    const label = button.querySelector("[data-busy-words]");
    if (label && button.dataset.words) label.textContent = button.dataset.words;
    delete button.dataset.words;
  }
}

function sendByKeys(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (!form || !event.target.matches("textarea")) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-send]") ?? undefined);
}

function growAndKeep(field) {
  const form = field.form;
  if (!form?.dataset.draft || field.name !== "message") return;
  keep(form.elements.key?.value, field.value);
}

/** Bring back what the server does not have: a connection cut, or a sign-out meanwhile. */
function restore(form) {
  const field = form.elements.message;
  const text = kept(form.elements.key?.value);
  if (!field || !text || field.value.trim() || text === field.value) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = say("restored");
}
