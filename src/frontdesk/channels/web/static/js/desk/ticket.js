// A ticket's page stays true: new entries appear, the head and the lists follow. What is being
// written is never touched.
import { toast } from "../toasts.js";
import { adopt, deskText, fetchPage, gently } from "./page.js";

const NEAR_END_PX = 120;
// Other tickets' news change only the lists beside: they can wait a little.
const OTHERS_PAUSE_MS = 5000;
const EVERY_MS = 60_000;
const PARTS = ["rail-views", "mini-list", "mini-count", "mini-steps", "ticket-head", "person"];

const work = document.querySelector("[data-ticket-page]");
const scroller = work?.querySelector("[data-scroll]");
let unseen = 0;
let newestSeen = "";

export function startTicket() {
  if (!work) return;
  const number = Number(work.dataset.ticketPage);
  sessionStorage.setItem("desk-last", String(number));
  startAtEnd();
  const soon = gently(refresh);
  document.addEventListener("frontdesk:live", ({ detail }) => {
    if (detail.kind === "presence" || detail.kind === "notified") return;
    soon(detail.ticket === number || detail.kind === "reset" ? 0 : OTHERS_PAUSE_MS);
  });
  setInterval(() => soon(OTHERS_PAUSE_MS), EVERY_MS);
  const news = document.querySelector("[data-thread-news]");
  news.addEventListener("click", toEnd);
  for (const target of [scroller, window]) {
    target.addEventListener("scroll", () => { if (isAtEnd()) sawAll(); }, { passive: true });
  }
  document.addEventListener("click", earlier);
}

/** Show what a fetched page of this ticket says; also the answer to a small act. */
export function showTicket(page) {
  keepMoney(page);
  adopt(page, PARTS);
  refreshMoney();
  document.title = page.title;
  const wasAtEnd = isAtEnd();
  const added = mergeThread(page);
  const seen = page.querySelector("[data-last-seen]")?.value;
  if (seen) newestSeen = seen;
  if (wasAtEnd && !document.hidden) toEnd();
  else if (added) announce(added);
  showClosed(page);
  for (const notice of page.querySelectorAll("#ticket-notices > [data-toast]")) {
    if (notice.getAttribute("role") === "status") toast(notice.textContent.trim());
    else document.getElementById("ticket-notices").replaceChildren(notice);
  }
}

async function refresh() {
  // Not the window's address: a form that came back stands at its own, which is no page.
  const { page, response } = await fetchPage(work.dataset.address);
  if (response.status === 404) {
    const notice = document.getElementById("ticket-notices");
    if (!notice.textContent) notice.append(banner(deskText("gone")));
  } else if (response.ok && !response.redirected) {
    showTicket(page);
  }
}

/** What the client has is loaded on its own: a fetched page has only the place for it. */
function keepMoney(page) {
  const mine = document.getElementById("money");
  const theirs = page.getElementById("money");
  if (mine && theirs) theirs.replaceChildren(...document.importNode(mine, true).childNodes);
}

async function refreshMoney() {
  const money = document.getElementById("money");
  if (!money) return;
  try {
    const { page, response } = await fetchPage(money.dataset.address, { bare: true });
    if (!response.ok || response.redirected) return;
    page.body.id = "money";
    adopt(page, ["money"]);
  } catch {
    // No connection: what was there stays, the next live event asks again.
  }
}

/** Bring our thread up to theirs; return how many messages and notes are new. */
function mergeThread(page) {
  const box = document.getElementById("thread");
  const theirs = [...page.querySelectorAll("#thread > [id]")];
  const known = new Set(theirs.map((entry) => entry.id));
  const mine = [...box.querySelectorAll(":scope > [id]")];
  const first = mine.findIndex((entry) => known.has(entry.id));
  if (first < 0) {
    box.append(...theirs);
    return theirs.length;
  }
  for (const entry of mine.slice(first)) if (!known.has(entry.id)) entry.remove();
  let previous = null;
  let added = 0;
  for (const entry of theirs) {
    const here = document.getElementById(entry.id);
    if (here) {
      if (here.matches("details") && here.children.length !== entry.children.length) here.replaceWith(entry);
      previous = document.getElementById(entry.id);
    } else if (previous) {
      previous.after(entry);
      previous = entry;
      if (entry.matches("article")) added += 1;
    }
  }
  return added;
}

/** Closed meanwhile: say so. Words that are being written stay where they are. */
function showClosed(page) {
  const closed = page.getElementById("closed");
  if (!closed || document.getElementById("closed")) return;
  const field = document.getElementById("reply-message");
  if (field?.value.trim()) {
    document.getElementById("composer").before(banner(deskText("closed")));
    document.getElementById("composer").previousElementSibling.id = "closed";
  } else {
    location.replace(work.dataset.address);
  }
}

function banner(words) {
  const element = document.createElement("div");
  element.className = "banner wait";
  element.setAttribute("role", "alert");
  const text = document.createElement("div");
  text.textContent = words;
  element.append(document.createElement("span"), text);
  return element;
}

// --- the end of the thread, and what was seen of it --------------------------------------------

function startAtEnd() {
  const target = location.hash && document.querySelector(location.hash);
  if (target) target.scrollIntoView({ block: "center" });
  else scroller.scrollTop = scroller.scrollHeight;
  // The browser itself looks for the part named in the address once more, at the end of loading.
  if (/^#(message|note)-/.test(location.hash)) addEventListener("load", () => setTimeout(sent));
}

/** Just sent: the composer is at hand, and letters are keys again. */
function sent() {
  const composer = document.getElementById("composer");
  composer.tabIndex = -1;
  composer.focus({ preventScroll: true });
  toEnd();
}

function isOwnScroller() {
  return scroller.scrollHeight > scroller.clientHeight + 1 && getComputedStyle(scroller).overflowY === "auto";
}

function isAtEnd() {
  if (isOwnScroller()) {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
  }
  const end = document.getElementById("thread").getBoundingClientRect().bottom;
  return end < innerHeight + NEAR_END_PX;
}

function toEnd() {
  if (isOwnScroller()) scroller.scrollTop = scroller.scrollHeight;
  else document.getElementById("thread").lastElementChild?.scrollIntoView({ block: "end" });
  sawAll();
}

function announce(added) {
  unseen += added;
  const news = document.querySelector("[data-thread-news]");
  const words = news.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("#", unseen);
  news.hidden = false;
}

/** All of it was in view: the send guard need not stop an answer to it. */
function sawAll() {
  unseen = 0;
  document.querySelector("[data-thread-news]").hidden = true;
  const field = document.querySelector("[data-last-seen]");
  if (field && newestSeen) field.value = newestSeen;
}

async function earlier(event) {
  const link = event.target.closest("[data-earlier]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const { page, response } = await fetchPage(link.href, { bare: true });
  if (!response.ok || response.redirected) return;
  const before = scroller.scrollHeight - scroller.scrollTop;
  link.replaceWith(...page.getElementById("thread").children);
  if (isOwnScroller()) scroller.scrollTop = scroller.scrollHeight - before;
}
