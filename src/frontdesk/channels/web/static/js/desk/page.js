// The desk's scripts fetch the same pages that people read, and take the parts they need: there
// is one truth of what a page says, and nothing is shown that the server did not say.

/** Fetch a page of ours; `bare` asks for its own part without the shell. */
export async function fetchPage(address, { bare = false, ...options } = {}) {
  const headers = bare ? { "HX-Request": "true" } : {};
  const response = await fetch(address, { credentials: "same-origin", headers, ...options });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { page, response };
}

/** Put the fetched parts in the place of ours, unless a menu is open in them. */
export function adopt(page, ids) {
  for (const id of ids) {
    const mine = document.getElementById(id);
    const theirs = page.getElementById(id);
    if (!mine || !theirs || mine.querySelector("details[open]")) continue;
    if (mine.innerHTML === theirs.innerHTML) continue;
    const focused = mine.contains(document.activeElement) ? markOf(document.activeElement) : "";
    mine.replaceChildren(...theirs.childNodes);
    if (focused) mine.querySelector(focused)?.focus({ preventScroll: true });
  }
}

/** Return a selector that finds this control again in the new part. */
function markOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.key) return `[data-key="${CSS.escape(element.dataset.key)}"]`;
  const address = element.getAttribute("href");
  return address ? `[href="${CSS.escape(address)}"]` : "";
}

const texts = document.getElementById("desk-texts")?.dataset ?? {};

/** Return one of the desk's texts, with its # filled. */
export function deskText(name, number = "") {
  return (texts[name] ?? "").replace("#", number);
}

/** Run `refresh` soon after each call, but not more often than the pause, nor unseen. */
export function gently(refresh) {
  let timer = 0;
  let last = 0;
  let isWaiting = false;
  const run = async () => {
    timer = 0;
    if (document.hidden) {
      isWaiting = true;
      return;
    }
    last = Date.now();
    try {
      await refresh();
    } catch {
      // No connection: the live stream says so, and asks again when it is back.
    }
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !isWaiting) return;
    isWaiting = false;
    run();
  });
  return (pauseMs = 0) => {
    if (timer) return;
    timer = setTimeout(run, Math.max(200, last + pauseMs - Date.now()));
  };
}
