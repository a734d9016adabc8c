// An open ticket: begins at what is new, and shows what arrives.
const NEAR_THE_END = 240;
const WRITES = new Set(["client_replied", "staff_replied"]);
const CHANGES = new Set(["ticket_closed", "charged", "refunded", "reset"]);

export function startThread() {
  const page = document.querySelector("[data-thread]");
  const thread = document.getElementById("thread");
  if (!page || !thread) return;
  goToPlace(thread);
  if ("partial" in thread.dataset) return; // an earlier stretch: what is new belongs elsewhere
  let waiting = 0;
  let asking = false;
  let again = false;
  const button = newsButton(thread, page, () => fetchNews(true));

  document.addEventListener("frontdesk:live", ({ detail }) => {
    if (detail.kind !== "reset" && String(detail.ticket) !== page.dataset.thread) return;
    if (WRITES.has(detail.kind)) waiting += 1;
    if (WRITES.has(detail.kind) || CHANGES.has(detail.kind)) arrived(detail.kind);
    // The message was shown before its notification was written: looking again marks that too.
    else if (detail.kind === "notified" && !waiting && !document.hidden) fetchNews(false);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waiting) arrived("reset");
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target === thread) shown();
  });

  function arrived(kind) {
    // What nobody looks at is not read: it is fetched when the page is seen again.
    if (document.hidden) waiting ||= 1;
    else if (CHANGES.has(kind) || isNearTheEnd(thread)) fetchNews(false);
    else button.tell(waiting);
  }

  async function fetchNews(goThere) {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    waiting = 0;
    button.tell(0);
    const last = lastMessage(thread);
    const money = lastOf(thread, "data-money")?.dataset.money ?? 0;
    const address = `${page.dataset.address}?after=${last?.dataset.message ?? 0}&money=${money}`;
    const stays = isNearTheEnd(thread);
    try {
      await window.htmx.ajax("GET", address, { target: "#thread", swap: "beforeend" });
    } finally {
      asking = false;
    }
    const next = nextMessage(last);
    if (next && (goThere || stays)) next.scrollIntoView({ block: goThere ? "start" : "nearest" });
    if (goThere) next?.focus({ preventScroll: true });
    if (again) {
      again = false;
      fetchNews(false);
    }
  }

  function shown() {
    const lines = thread.querySelectorAll("[data-closed]");
    for (const line of [...lines].slice(1)) line.remove();
    if (!lines.length) return;
    closeComposer();
  }
}

/** The first new message, else the newest; an address with a place of its own wins. */
function goToPlace(thread) {
  if (location.hash) return;
  const place = document.getElementById("new") ?? (thread.children.length > 2 && lastMessage(thread));
  if (place && !document.querySelector("[data-focus]")) place.scrollIntoView({ block: "nearest" });
}

function lastMessage(thread) {
  return lastOf(thread, "data-message");
}

function lastOf(thread, mark) {
  return [...thread.querySelectorAll(`[${mark}]`)].at(-1);
}

/** The message after this one: lines about money may stand between them. */
function nextMessage(message) {
  let next = message?.nextElementSibling;
  while (next && !next.dataset.message) next = next.nextElementSibling;
  return next;
}

function isNearTheEnd(thread) {
  return thread.getBoundingClientRect().bottom < window.innerHeight + NEAR_THE_END;
}

/** A text that was typed stays, with the way to a new ticket; an empty composer goes. */
function closeComposer() {
  const form = document.getElementById("reply");
  if (!form) return;
  document.getElementById("close-dialog")?.close();
  const isTyped = form.elements.message.value.trim() || form.querySelector("[data-file]");
  document.getElementById("dock").hidden = !isTyped;
  const notice = document.getElementById("closed-meanwhile");
  if (!isTyped || !notice) return;
  notice.hidden = false;
  form.closest(".composer").classList.add("is-closed");
  document.querySelector("[data-when-empty]")?.remove();
}

function newsButton(thread, page, press) {
  const words = page.querySelector("[data-news-words]").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn dense news floating";
  button.hidden = true;
  button.addEventListener("click", press);
  thread.after(button);
  return {
    tell(count) {
      button.hidden = count === 0;
      button.textContent = count === 1 ? words.one : words.many.replace("%(n)s", count);
    },
  };
}
