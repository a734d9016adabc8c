// The words of the scripts: the server translates them into one template element.
const texts = document.getElementById("script-texts")?.dataset ?? {};

/** Return the text called `name` with its %(places)s filled. */
export function say(name, values = {}) {
  return (texts[name] ?? "").replace(/%\((\w+)\)s/g, (_all, key) => values[key] ?? "").replace("%%", "%");
}
