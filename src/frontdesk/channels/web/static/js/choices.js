// A field that belongs to one choice of several makes that choice when something is typed in it.

export function startChoices() {
  document.addEventListener("input", (event) => {
    const { chooses } = event.target.dataset ?? {};
    const choice = chooses && event.target.value.trim() && document.getElementById(chooses);
    if (choice) choice.checked = true;
  });
}
