// The composer: reply or note, never both at once; and ready answers.
import { fetchPage, deskText } from "./page.js";

const composer = document.querySelector("[data-composer]");

export function startComposer() {
  if (!composer) return;
  const tabs = [...composer.querySelectorAll("[role=tab]")];
  if (tabs.length) {
    for (const tab of tabs) tab.addEventListener("click", () => show(tab, true));
    composer.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tabs.find((tab) => tab !== document.activeElement);
      show(other, false);
      other.focus();
    });
    const startsWithNote = composer.dataset.start === "note" || location.hash === "#note";
    show(tabs[startsWithNote ? 1 : 0], false);
  }
  if (["#reply", "#note"].includes(location.hash)) {
    composer.querySelector(`${location.hash} textarea`)?.focus();
    history.replaceState(null, "", location.pathname + location.search);
  }
  startCanned();
  // The form itself tells when a file has come.
  composer.addEventListener("input", (event) => changed.set(event.target.closest("form"), Date.now()));
  document.addEventListener("submit", keepOthers, true);
}

// --- what is being written in the other form is kept before the page is left ------------------

const JUST_NOW_MS = 3000;
const changed = new Map();

/** A text of the last seconds may not be a draft yet: make it one, then send what was asked. */
function keepOthers(event) {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-act], [data-asks-once]")) return;
  const others = [...changed].filter(([other, at]) => other !== form && Date.now() - at < JUST_NOW_MS);
  if (!others.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const [other] of others) changed.delete(other);
  const saved = others.map(([other]) => fetch(other.dataset.draft, { method: "POST", body: draftOf(other) }));
  Promise.allSettled(saved).then(() => {
    delete form.dataset.busy;
    form.requestSubmit(event.submitter ?? undefined);
  });
}

function draftOf(form) {
  const draft = new FormData();
  draft.set("kind", form.dataset.kind);
  draft.set("ticket", form.dataset.ticket);
  for (const name of ["csrfmiddlewaretoken", "key", "message"]) {
    draft.set(name, form.elements[name].value);
  }
  return draft;
}

function show(chosen, mayFocus) {
  for (const tab of composer.querySelectorAll("[role=tab]")) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
  }
  const isNote = chosen.id === "tab-note";
  composer.classList.toggle("writes-note", isNote);
  park(composer.querySelector("#reply"), isNote);
  if (mayFocus) {
    const panel = document.getElementById(chosen.getAttribute("aria-controls"));
    panel.querySelector("textarea").focus();
  }
}

/** While a note is written, a dropped file must not slip into the reply behind it. */
function park(reply, isParked) {
  if (isParked && reply.dataset.uploads) {
    reply.dataset.parkedUploads = reply.dataset.uploads;
    delete reply.dataset.uploads;
  } else if (!isParked && reply.dataset.parkedUploads) {
    reply.dataset.uploads = reply.dataset.parkedUploads;
    delete reply.dataset.parkedUploads;
  }
}

// --- ready answers: typed after a slash, or from the button ----------------------------------

function startCanned() {
  const button = composer.querySelector("[data-canned]");
  if (!button) return;
  const field = document.getElementById("reply-message");
  const list = document.createElement("ul");
  list.className = "popover canned-list";
  list.id = "canned-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", deskText("canned"));
  list.hidden = true;
  composer.append(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  button.addEventListener("click", () => {
    const tab = document.getElementById("tab-reply");
    if (tab.getAttribute("aria-selected") !== "true") show(tab, false);
    field.focus();
    if (!slashBefore(field)) {
      const isAfterWord = /\S$/u.test(field.value.slice(0, field.selectionStart));
      field.setRangeText(isAfterWord ? " /" : "/", field.selectionStart, field.selectionEnd, "end");
    }
    offer(field, list, button.dataset.canned);
  });
  field.addEventListener("input", () => {
    if (slashBefore(field)) offer(field, list, button.dataset.canned);
    else close(field, list);
  });
  field.addEventListener("keydown", (event) => pick(event, field, list));
  field.addEventListener("blur", () => setTimeout(() => close(field, list), 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) insert(field, list, option);
  });
}

/** Return the slash and the word after it that end at the caret. */
function slashBefore(field) {
  return /(?:^|\s)(\/[^\n/]{0,40})$/u.exec(field.value.slice(0, field.selectionStart))?.[1] ?? "";
}

let options = null;

async function offer(field, list, address) {
  if (!options) {
    const { page, response } = await fetchPage(address, { bare: true });
    if (!response.ok || response.redirected) return;
    options = [...page.querySelectorAll("[role=option]")];
  }
  const asked = slashBefore(field);
  if (!asked || document.activeElement !== field) return; // gone on while we were loading
  const words = asked.slice(1).toLowerCase();
  const found = options.filter((option) => option.textContent.toLowerCase().includes(words));
  list.replaceChildren(...found);
  list.hidden = !found.length;
  mark(field, list, found[0]);
}

function pick(event, field, list) {
  if (list.hidden || event.ctrlKey || event.metaKey) return;
  const shown = [...list.querySelectorAll("[role=option]")];
  const at = shown.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") mark(field, list, shown[(at + 1) % shown.length]);
  else if (event.key === "ArrowUp") mark(field, list, shown.at(at - 1));
  else if (event.key === "Enter" || event.key === "Tab") {
    if (!shown[at]) return;
    insert(field, list, shown[at]);
  } else if (event.key === "Escape") {
    // A lone slash was the question for the list, not a part of the answer.
    const at = field.selectionStart;
    if (slashBefore(field) === "/") field.setRangeText("", at - 1, at, "end");
    close(field, list);
  } else return;
  event.preventDefault();
}

function mark(field, list, option) {
  for (const one of list.querySelectorAll("[role=option]")) one.setAttribute("aria-selected", "false");
  if (!option) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function insert(field, list, option) {
  const begin = field.selectionStart - slashBefore(field).length;
  field.setRangeText(option.dataset.text, begin, field.selectionStart, "end");
  close(field, list);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function close(field, list) {
  list.hidden = true;
  field.removeAttribute("aria-activedescendant");
}
