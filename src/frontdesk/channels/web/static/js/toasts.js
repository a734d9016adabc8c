// Things done: a dark line at the bottom that leaves by itself, and waits while it is looked at.
const LASTS_MS = 6000;

export function startToasts() {
  for (const banner of document.querySelectorAll("[data-toast][role=status]")) {
    toast(banner.textContent.trim());
    banner.remove();
  }
  document.body.addEventListener("toast", (event) => toast(event.detail.value ?? event.detail));
}

export function toast(words) {
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = words;
  element.tabIndex = 0;
  let timer = setTimeout(() => element.remove(), LASTS_MS);
  const wait = () => clearTimeout(timer);
  const goOn = () => { timer = setTimeout(() => element.remove(), LASTS_MS); };
  element.addEventListener("mouseenter", wait);
  element.addEventListener("focusin", wait);
  element.addEventListener("mouseleave", goOn);
  element.addEventListener("focusout", goOn);
  document.getElementById("toasts").append(element);
}
