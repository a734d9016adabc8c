// What happens elsewhere arrives here: one stream of ids a page. The page then fetches what it
// may see. After a cut the stream replays what was missed; when it stays away, the page asks
// every half minute.
import { say } from "./texts.js";

const KINDS = [
  "ticket_opened", "client_replied", "staff_replied", "ticket_closed", "note_added",
  "ticket_taken", "ticket_assigned", "ticket_transferred", "priority_set", "tags_set",
  "charged", "refunded",
  "presence", "notified", "reset",
];
const SAY_AFTER_MS = 5000;
const POLL_AFTER_MS = 60_000;
const POLL_EVERY_MS = 30_000;

export function startLive() {
  const address = document.body.dataset.live;
  if (!address) return;
  // What happened since the page was asked for, or since the last event that came, is told first.
  let begin = `since=${document.body.dataset.askedAt}`;
  let cutSince = 0;
  let source = connect();
  setInterval(watch, 1000);
  let polledAt = 0;

  function connect() {
    const stream = new EventSource(`${address}?${begin}`, { withCredentials: true });
    stream.addEventListener("open", () => {
      if (cutSince && Date.now() - cutSince > POLL_AFTER_MS) tell({ kind: "reset" });
      cutSince = 0;
      status("");
    });
    stream.addEventListener("error", () => { cutSince ||= Date.now(); });
    for (const kind of KINDS) {
      stream.addEventListener(kind, (event) => {
        if (event.lastEventId) begin = `after=${event.lastEventId}`;
        tell({ ...JSON.parse(event.data || "{}"), kind });
      });
    }
    return stream;
  }

  function watch() {
    if (!cutSince) return;
    const away = Date.now() - cutSince;
    if (away > SAY_AFTER_MS) status(say("reconnecting"));
    // A browser gives up for good after some answers; a new stream asks again.
    if (source.readyState === EventSource.CLOSED && Math.floor(away / 1000) % 10 === 9) {
      source = connect();
    }
    if (away > POLL_AFTER_MS && Date.now() - polledAt > POLL_EVERY_MS) {
      polledAt = Date.now();
      tell({ kind: "reset" });
    }
  }
}

function tell(detail) {
  document.dispatchEvent(new CustomEvent("frontdesk:live", { detail }));
}

function status(words) {
  let line = document.getElementById("live-status");
  if (!words) {
    line?.remove();
    return;
  }
  if (line) return;
  line = document.createElement("p");
  line.id = "live-status";
  line.className = "live-status";
  line.setAttribute("role", "status");
  line.textContent = words;
  document.body.append(line);
}
