// Open lists: counters follow, rows stay where the reader has them until he asks for the new ones.
const PAUSE_MS = 800;
const KINDS = new Set(["ticket_opened", "client_replied", "staff_replied", "ticket_closed", "reset"]);

export function startLists() {
  const tickets = document.querySelector("[data-ticket-list]");
  const rows = document.querySelector("[data-notification-list]");
  const changed = new Set();
  const timers = new Map();
  document.addEventListener("frontdesk:live", ({ detail }) => {
    if (detail.kind === "notified" || detail.kind === "reset") later("unread", refreshUnread);
    if (tickets && KINDS.has(detail.kind)) noteTicket(detail);
    if (rows && detail.kind === "notified") note(rows, `${detail.ticket} ${performance.now()}`);
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (!detail.target?.id.endsWith("-list")) return;
    changed.clear();
    // The link that was pressed is gone with its page: a reader goes on from the heading.
    if (document.activeElement === document.body) focusHeading();
  });

  function noteTicket(detail) {
    if (detail.kind !== "reset") note(tickets, `${detail.ticket}`);
    later("counts", () => refresh("ticket-counts", document.getElementById("ticket-list")?.dataset.address));
  }

  function note(list, what) {
    changed.add(what);
    const link = list.querySelector("[data-news]");
    if (!link) return;
    link.hidden = false;
    const { one, many } = link.dataset;
    link.textContent = changed.size === 1 ? one : many.replace("%(n)s", changed.size);
  }

  function later(what, act) {
    clearTimeout(timers.get(what));
    timers.set(what, setTimeout(act, PAUSE_MS));
  }
}

function focusHeading() {
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function refresh(id, address) {
  const place = document.getElementById(id);
  if (place && address) window.htmx.ajax("GET", address, { target: place, swap: "outerHTML" });
}

async function refreshUnread() {
  const places = document.querySelectorAll("[data-unread]");
  const address = document.body.dataset.unreadAddress;
  if (!places.length || !address) return;
  const headers = { "HX-Request": "true", "HX-Target": "unread-count" };
  const response = await fetch(address, { headers });
  if (!response.ok || response.redirected) return;
  const part = new DOMParser().parseFromString(await response.text(), "text/html").body;
  for (const place of places) place.replaceChildren(...part.cloneNode(true).childNodes);
}
