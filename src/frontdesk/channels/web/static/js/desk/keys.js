// The keyboard: every key presses a control that can be seen, so there is nothing to keep in step.
import { moveInQueue, pressInQueue } from "./queue.js";

const SEQUENCE_MS = 1200;
let isAfterG = 0;

export function startKeys() {
  document.addEventListener("keydown", pressed);
  document.querySelector("[data-keys-open]")?.addEventListener("click", showAll);
  // Written here and not in the page, where it would read as a part of the button's name.
  const control = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";
  for (const hint of document.querySelectorAll("[data-ctrl]")) {
    hint.textContent = control + hint.dataset.ctrl;
  }
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    leave(event);
    return;
  }
  if (!("shortcuts" in document.body.dataset) || isTyping(event.target)) return;
  if (act(nameOf(event))) event.preventDefault();
}

/** Return the key as it is called here; by its place on the board where letters are not Latin. */
function nameOf(event) {
  const isForeign = event.key.length === 1 && event.key > "\u007f";
  const key = isForeign && event.code.startsWith("Key") ? event.code[3].toLowerCase() : event.key;
  const isSecond = Date.now() - isAfterG < SEQUENCE_MS;
  isAfterG = 0;
  return isSecond ? `g ${key}` : key;
}

function act(key) {
  if (key === "g") {
    isAfterG = Date.now();
    return true;
  }
  if (key === "?") {
    showAll();
    return true;
  }
  if (document.querySelector("[data-queue]")) {
    if (moveInQueue(key) || pressInQueue(key)) return true;
  } else {
    key = { j: "]", k: "[" }[key] ?? key;
  }
  return press(key) || (key === "/" && click(document.querySelector("[data-palette]")));
}

function press(key) {
  const controls = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  const control = [...controls].find((one) => one.checkVisibility()) ?? controls[0];
  return click(control);
}

function click(control) {
  if (!control) return false;
  if (control.matches("input")) {
    control.focus();
    control.select();
  } else {
    if (control.matches("summary")) control.focus();
    control.click();
  }
  return true;
}

/** Esc leads out: of the text first, then out of the selection. */
function leave(event) {
  if (isTyping(event.target)) {
    event.target.blur();
    return;
  }
  document.querySelector("[data-clear]")?.click();
}

function isTyping(target) {
  return Boolean(
    target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])"),
  );
}

function showAll() {
  document.getElementById("all-keys").showModal();
}
