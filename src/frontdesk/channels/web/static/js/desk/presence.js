// Who else is here: the page says every few seconds what its reader does, and hears of others.
import { fetchPage } from "./page.js";

const BEAT_MS = 15_000;
const WRITING_LASTS_MS = 20_000;
let writtenAt = 0;

export function startPresence() {
  const place = document.querySelector("[data-presence]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!place || !token) return;
  const number = Number(place.dataset.ticketPage);
  const told = (doing) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("doing", doing);
    return body;
  };
  let said = "";
  const beat = async () => {
    if (document.hidden) return;
    said = Date.now() - writtenAt < WRITING_LASTS_MS ? "writing" : "reading";
    try {
      const body = told(said);
      const { page, response } = await fetchPage(place.dataset.presence, { method: "POST", body });
      if (!response.ok || response.redirected) return;
      document.getElementById("presence").replaceChildren(...page.body.childNodes);
    } catch {
      // No connection: others see that we are gone when our time is over.
    }
  };
  beat();
  setInterval(beat, BEAT_MS);
  document.addEventListener("input", (event) => {
    if (event.target.form?.id !== "reply") return;
    writtenAt = Date.now();
    if (said !== "writing") beat();
  });
  document.addEventListener("visibilitychange", beat);
  document.addEventListener("frontdesk:live", ({ detail }) => {
    if (detail.kind === "presence" && detail.ticket === number) beat();
  });
  addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.presence, told("leaving")));
}
