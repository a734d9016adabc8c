// Keeps the chat of the demo's phone up to date. Every form works without this, by a reload.

const chat = document.querySelector("#chat");
const form = document.querySelector("#write");
const toasts = document.querySelector("#toasts");
const quote = document.querySelector("#quote");
const chosen = document.querySelector("#chosen");
const LOOK_MS = 700;
const HIDDEN_MS = 5000;
const TOAST_MS = 4000;

let version = Number(chat.dataset.version);
let timer = 0;
let looking = false;

function toEnd() {
  chat.scrollTop = chat.scrollHeight;
}

function isAtEnd() {
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
}

function show(bubble) {
  const holder = document.createElement("template");
  holder.innerHTML = bubble.html.trim();
  const fresh = holder.content.firstElementChild;
  const old = document.querySelector(`#m${bubble.id}`);
  if (!old) {
    chat.append(fresh);
    return;
  }
  // A button that has the focus gives it to the one in its place.
  const focused = old.contains(document.activeElement) ? document.activeElement.value : null;
  old.replaceWith(fresh);
  if (focused) {
    const again = [...fresh.querySelectorAll("button")].find((one) => one.value === focused);
    (again ?? form.elements.text).focus();
  }
}

function toast(words) {
  const line = document.createElement("p");
  line.className = "toast";
  line.textContent = words;
  toasts.append(line);
  setTimeout(() => line.remove(), TOAST_MS);
}

async function look() {
  if (looking) {
    return;
  }
  looking = true;
  clearTimeout(timer);
  try {
    const answer = await fetch(`${chat.dataset.news}&after=${version}`);
    if (answer.ok) {
      take(await answer.json());
    }
  } catch {
    // The next look tries again.
  } finally {
    looking = false;
    timer = setTimeout(look, document.hidden ? HIDDEN_MS : LOOK_MS);
  }
}

function take(news) {
  const wasAtEnd = isAtEnd();
  news.removed.forEach((id) => document.querySelector(`#m${id}`)?.remove());
  news.bubbles.forEach(show);
  if (news.bubbles.length) {
    document.querySelector("#empty")?.remove();
  }
  if (news.toast) {
    toast(news.toast);
  }
  if (news.is_away && version >= 0) {
    toast(chat.dataset.away);
  }
  version = news.version;
  if (wasAtEnd) {
    toEnd();
  }
}

async function post(source, fields) {
  const answer = await fetch(source.action, {
    method: "POST",
    body: fields,
    headers: { "X-Requested-With": "fetch" },
  });
  if (!answer.ok) {
    toast(chat.dataset.away);
  }
  return answer.ok;
}

function answerTo(id, words) {
  form.elements.reply_to.value = id;
  quote.hidden = !id;
  quote.querySelector("span").textContent = words;
}

async function send(event) {
  event.preventDefault();
  const fields = new FormData(form);
  if (!fields.get("text").trim() && !form.elements.files.files.length) {
    return;
  }
  if (await post(form, fields)) {
    form.elements.text.value = "";
    form.elements.files.value = "";
    chosen.hidden = true;
    answerTo("", "");
  }
  await look();
  toEnd();
}

async function press(event) {
  if (!event.target.matches(".keyboard")) {
    return;
  }
  event.preventDefault();
  event.submitter.setAttribute("aria-busy", "true");
  const fields = new FormData(event.target, event.submitter);
  await post(event.target, fields);
  event.submitter.removeAttribute("aria-busy");
  await look();
}

form.addEventListener("submit", send);
chat.addEventListener("submit", press);
chat.addEventListener("click", (event) => {
  const link = event.target.closest("[data-reply]");
  if (link) {
    event.preventDefault();
    answerTo(link.dataset.reply, link.closest(".bubble").querySelector(".words").textContent);
    form.elements.text.focus();
  }
});
quote.addEventListener("click", (event) => {
  if (event.target.closest("[data-no-reply]")) {
    event.preventDefault();
    answerTo("", "");
  }
});
form.elements.files.addEventListener("change", () => {
  const names = [...form.elements.files.files].map((file) => file.name);
  chosen.hidden = !names.length;
  chosen.textContent = names.join(", ");
});
document.querySelector("#as").addEventListener("change", (event) => event.target.form.submit());
document.addEventListener("visibilitychange", look);
toEnd();
look();
