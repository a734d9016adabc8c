// The queue: moved through by keys, and kept true without moving rows under the reader.
import { adopt, deskText, fetchPage, gently } from "./page.js";

const PAUSE_MS = 3000;
const EVERY_MS = 60_000;
const queue = document.querySelector("[data-queue]");
let latest = null;

export function startQueue() {
  if (!queue) return;
  const soon = gently(refresh);
  document.addEventListener("frontdesk:live", ({ detail }) => {
    if (detail.kind !== "presence" && detail.kind !== "notified") soon(PAUSE_MS);
  });
  setInterval(() => soon(PAUSE_MS), EVERY_MS);
  queue.addEventListener("focusin", (event) => setCurrent(event.target.closest("tr[data-ticket]")));
  queue.addEventListener("change", countChosen);
  queue.querySelector("[data-clear]").addEventListener("click", clear);
  queue.querySelector("[data-news]").addEventListener("click", showLatest);
  countChosen();
  const last = sessionStorage.getItem("desk-last");
  if (last) setCurrent(document.getElementById(`t${last}`));
}

// --- keys --------------------------------------------------------------------------------------

/** Move by j and k, open by o and Enter; return whether the key was one of them. */
export function moveInQueue(key) {
  const rows = [...queue.querySelectorAll("tr[data-ticket]")];
  const at = rows.findIndex((row) => row.matches(".is-current"));
  if (key === "j") return focusRow(rows[Math.min(at + 1, rows.length - 1)]);
  if (key === "k") return focusRow(rows[Math.max(at - 1, 0)]);
  if (at < 0) return false;
  if (key === "o") return go(rows[at], "");
  if (key === "Enter" && document.activeElement === document.body) return go(rows[at], "");
  if (key === "r") return go(rows[at], "#reply");
  if (key === "n") return go(rows[at], "#note");
  return false;
}

/** Select by x; take, assign and close what is selected, or else the current row. */
export function pressInQueue(key) {
  const current = queue.querySelector("tr.is-current [name=ticket]");
  if (key === "x" && current) {
    current.checked = !current.checked;
    countChosen();
    return true;
  }
  if (!["t", "a", "e"].includes(key)) return false;
  if (!chosen().length && current) {
    current.checked = true;
    countChosen();
  }
  if (!chosen().length) return true;
  queue.querySelector(`#chosen [data-key="${key}"]`).click();
  return true;
}

function focusRow(row) {
  const link = row?.querySelector(".s a");
  link?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  return true;
}

function go(row, part) {
  location.assign(row.querySelector(".s a").href + part);
  return true;
}

function setCurrent(row) {
  if (!row) return;
  for (const other of queue.querySelectorAll("tr.is-current")) other.classList.remove("is-current");
  row.classList.add("is-current");
  sessionStorage.setItem("desk-last", row.dataset.ticket);
}

// --- the chosen rows ---------------------------------------------------------------------------

function chosen() {
  return [...queue.querySelectorAll("[name=ticket]:checked")];
}

function countChosen() {
  const words = queue.querySelector("[data-selected]");
  words.textContent = words.dataset.words.replace("#", chosen().length);
}

function clear() {
  for (const box of chosen()) box.checked = false;
  countChosen();
}

// --- live --------------------------------------------------------------------------------------

async function refresh() {
  const { page, response } = await fetchPage(location.href);
  if (!response.ok || response.redirected) return;
  adopt(page, ["rail-views", "queue-facts"]);
  document.title = page.title;
  latest = page;
  if (!queue.querySelector("tr[data-ticket]")) showLatest();
  else offerNews(followRows(page));
}

/** Bring the rows that stay up to date where they are; return how many are new, and gone. */
function followRows(page) {
  const theirs = new Map([...page.querySelectorAll("tr[data-ticket]")].map((row) => [row.id, row]));
  let gone = 0;
  for (const row of queue.querySelectorAll("tr[data-ticket]")) {
    const fresh = theirs.get(row.id);
    row.classList.toggle("is-gone", !fresh);
    if (fresh) followRow(row, fresh);
    else gone += 1;
    theirs.delete(row.id);
  }
  return { fresh: theirs.size, gone };
}

function followRow(row, fresh) {
  if (row.innerHTML === fresh.innerHTML) return;
  const isChosen = row.querySelector("[name=ticket]").checked;
  const hadFocus = row.contains(document.activeElement);
  row.replaceChildren(...fresh.cloneNode(true).childNodes);
  row.querySelector("[name=ticket]").checked = isChosen;
  if (hadFocus) row.querySelector(".s a").focus({ preventScroll: true });
}

function offerNews({ fresh, gone }) {
  const button = queue.querySelector("[data-news]");
  button.hidden = !fresh && !gone;
  if (fresh) button.textContent = deskText(fresh === 1 ? "oneNew" : "manyNew", fresh);
  else button.textContent = deskText(gone === 1 ? "oneGone" : "manyGone", gone);
}

function showLatest() {
  if (!latest) return;
  const kept = new Set(chosen().map((box) => box.value));
  const hadFocus = document.activeElement === queue.querySelector("[data-news]");
  adopt(latest, ["queue-list"]);
  latest = null;
  queue.querySelector("[data-news]").hidden = true;
  for (const box of queue.querySelectorAll("[name=ticket]")) box.checked = kept.has(box.value);
  countChosen();
  if (hadFocus) queue.querySelector(".s a")?.focus();
}
