// The palette: one field for tickets, clients and commands. Its answers are the search page's.
import { deskText, fetchPage } from "./page.js";

const PAUSE_MS = 120;
const dialog = document.getElementById("palette");
const field = document.getElementById("palette-words");
const list = document.getElementById("palette-list");
let timer = 0;
let asking = null;

export function startPalette() {
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", choose);
  list.addEventListener("mousemove", (event) => select(event.target.closest("[role=option]")));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  field.value = "";
  dialog.showModal();
  ask();
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = `${field.dataset.from}?q=${encodeURIComponent(field.value)}`;
  try {
    const { page, response } = await fetchPage(address, { bare: true, signal: asking.signal });
    if (response.ok && !response.redirected) show(page.querySelector("[data-part]"));
  } catch (error) {
    if (error.name !== "AbortError") list.textContent = deskText("failed");
  }
}

function show(part) {
  const options = [...part.querySelectorAll("a.opt")];
  options.forEach((option, index) => {
    option.id = `palette-option-${index}`;
    option.setAttribute("role", "option");
    option.tabIndex = -1;
  });
  list.replaceChildren(...part.childNodes);
  list.classList.add("found");
  const count = dialog.querySelector("[data-palette-count]");
  count.textContent = count.dataset.words.replace("#", options.length);
  select(options[0]);
}

function select(option) {
  if (!option && list.querySelector("[role=option]")) return;
  for (const one of list.querySelectorAll("[aria-selected]")) one.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function choose(event) {
  const options = [...list.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.hasAttribute("aria-selected"));
  if (event.key === "ArrowDown") select(options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp") select(options.at(at - 1));
  else if (event.key === "Enter") options[at]?.click();
  else return;
  event.preventDefault();
}
