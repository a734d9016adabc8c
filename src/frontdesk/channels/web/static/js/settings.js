// Settings: what a client would see changes while one types; saved is only what the button saves.
for (const form of document.querySelectorAll("form[data-preview]")) {
  form.addEventListener("input", () => show(form));
  show(form);
}

function show(form) {
  for (const field of form.querySelectorAll("[data-shows]")) {
    for (const place of form.querySelectorAll(`[data-shown="${field.dataset.shows}"]`)) {
      place.textContent = field.value.trim();
    }
  }
  for (const place of form.querySelectorAll("[data-shown-between]")) {
    const names = place.dataset.shownBetween.split(" ");
    place.hidden = names.some((name) => !form.elements[name].value.trim());
  }
  for (const box of form.querySelectorAll("[data-shows-when]")) {
    const name = box.dataset.showsWhen;
    for (const place of form.querySelectorAll(`[data-shown-when="${name}"]`)) {
      place.classList.toggle("is-hidden", !box.checked);
    }
    for (const place of form.querySelectorAll(`[data-shown-unless="${name}"]`)) place.hidden = box.checked;
  }
  const hue = form.querySelector("[data-hue]");
  // A property set by script is no style attribute of the page: the policy allows it.
  if (hue) document.documentElement.style.setProperty("--brand-hue", hue.value);
}

// On phones the sections are a strip that scrolls: the one we are in is brought into view.
document.querySelector(".side .nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
