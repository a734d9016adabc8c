// A text that did not reach the server, after a cut or a sign-out: the form it was typed into
// finds it again in this browser, with the form's key, so that it cannot be sent twice.
import { keep, kept } from "../kept.js";
import { say } from "../texts.js";

const LAST_SENT = "sent-from";

export function startUnsent() {
  forgetWhatArrived();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const place = placeOf(form);
    bringBack(form, place);
    form.addEventListener("input", () => set(localStorage, place, form.elements.key.value));
    form.addEventListener("submit", () => noteSent(form, place));
  }
}

/** One place for each form of each person: another one at this browser never sees the text. */
function placeOf(form) {
  const { provider, person } = document.body.dataset;
  return ["form-key", provider, person, form.dataset.kind, form.dataset.ticket ?? ""].join(":");
}

function bringBack(form, place) {
  const { key, message } = form.elements;
  const old = get(localStorage, place);
  const text = old && kept(old);
  if (!text || old === key.value || message.value.trim()) return;
  key.value = old;
  message.value = text;
  message.dispatchEvent(new Event("input", { bubbles: true }));
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = say("restored");
}

function noteSent(form, place) {
  const sent = { key: form.elements.key.value, place, kind: form.dataset.kind };
  set(sessionStorage, LAST_SENT, JSON.stringify(sent));
}

/** The ticket's page after a form says that it arrived; a reply's leads to its message. */
function forgetWhatArrived() {
  const noted = get(sessionStorage, LAST_SENT);
  if (!noted) return;
  const { key, place, kind } = JSON.parse(noted);
  const isTicket = document.querySelector("[data-thread]");
  if (isTicket && (kind === "ticket" || location.hash.startsWith("#message-"))) {
    keep(key, "");
    set(localStorage, place, null);
  }
  set(sessionStorage, LAST_SENT, null);
}

function get(storage, name) {
  try {
    return storage.getItem(name);
  } catch {
    return null;
  }
}

function set(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch {
    // Storage may be full or forbidden: the server's draft is still there.
  }
}
