// The server's drafts: saved one second after the last key, and said so. Who comes back to a
// window where nothing was typed since is told when another window has gone on.
import { keep } from "./kept.js";
import { say } from "./texts.js";

const PAUSE_MS = 1000;
const timers = new WeakMap();
const saved = new WeakMap();

export function startDrafts() {
  document.addEventListener("input", (event) => later(event.target.form));
  document.addEventListener("change", (event) => later(event.target.form));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.querySelectorAll("form[data-draft]").forEach(lookForNewer);
  });
  addEventListener("pagehide", () => document.querySelectorAll("form[data-draft]").forEach(flush));
}

function later(form) {
  if (!form?.dataset.draft) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), PAUSE_MS));
}

/** Send what still waits when the page is left. */
function flush(form) {
  if (!timers.has(form) || form.dataset.busy) return;
  clearTimeout(timers.get(form));
  timers.delete(form);
  navigator.sendBeacon(form.dataset.draft, contentOf(form));
}

async function save(form) {
  timers.delete(form);
  if (form.dataset.busy) return;
  const state = form.querySelector("[data-draft-state]");
  const content = contentOf(form);
  try {
    const response = await fetch(form.dataset.draft, { method: "POST", body: content });
    if (response.status === 409) {
      if (state) state.textContent = say("elsewhere");
      return;
    }
    if (!response.ok || response.redirected) return;
    const { saved_at: time } = await response.json();
    saved.set(form, content.get("message") ?? "");
    if (state) state.textContent = say("saved", { time });
    keep(form.elements.key?.value, "");
  } catch {
    if (state) state.textContent = say("offline");
  }
}

async function lookForNewer(form) {
  const field = form.elements.message;
  const isAsSaved = () => field.value === (saved.get(form) ?? field.defaultValue);
  if (!field || !isAsSaved() || timers.has(form) || form.dataset.busy) return;
  const asked = new URLSearchParams({ kind: form.dataset.kind, ticket: form.dataset.ticket ?? "" });
  try {
    const response = await fetch(`${form.dataset.draft}?${asked}`);
    if (!response.ok || response.redirected) return;
    const { text, saved_at: time } = await response.json();
    const state = form.querySelector("[data-draft-state]");
    if (!text || plain(text) === plain(field.value) || !isAsSaved() || !state) return;
    const link = Object.assign(document.createElement("a"), { className: "link", href: "", textContent: say("reload") });
    state.replaceChildren(say("newer", { time }), " ", link);
  } catch {
    // No connection: the next look will tell.
  }
}

function plain(text) {
  return text.replaceAll("\r", "").trim();
}

function contentOf(form) {
  const content = new FormData();
  content.set("kind", form.dataset.kind);
  if (form.dataset.ticket) content.set("ticket", form.dataset.ticket);
  for (const name of ["csrfmiddlewaretoken", "key", "message", "department", "service", "account", "about"]) {
    const field = form.elements[name];
    const isOff = field?.type === "checkbox" && !field.checked;
    if (field?.value && !isOff) content.set(name, field.value);
  }
  return content;
}
