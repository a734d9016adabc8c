// Files chosen in a form that sends them with itself: their names are shown, and a drop counts.
export function startPicking() {
  const form = document.querySelector("form[data-ask]");
  if (!form) return;
  const input = form.elements.files;
  const list = form.querySelector("[data-chosen]");
  input.addEventListener("change", show);
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });

  function show() {
    list.replaceChildren(...[...input.files].map(row));
    list.hidden = !input.files.length;
  }
}

function row(file) {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = file.name;
  item.append(name);
  return item;
}
