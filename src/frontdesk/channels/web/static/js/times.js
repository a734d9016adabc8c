// Keeps "12 min ago" true: the server's exact words stay in the title.
import { say } from "./texts.js";

const MINUTE = 60;

export function keepTimesFresh() {
  setInterval(refreshAll, MINUTE * 1000);
}

function refreshAll() {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    const words = relativeWords(new Date(element.dateTime));
    if (words && element.textContent !== words) element.textContent = words;
  }
}

/** Return the distance in words for today; older ones are the server's to say. */
function relativeWords(moment) {
  const now = new Date();
  const seconds = (now - moment) / 1000;
  if (seconds < MINUTE) return say("justNow");
  if (seconds < 60 * MINUTE) return say("minutes", { n: Math.floor(seconds / MINUTE) });
  if (moment.toDateString() !== now.toDateString()) return "";
  return say("hours", { n: Math.floor(seconds / 3600) });
}
