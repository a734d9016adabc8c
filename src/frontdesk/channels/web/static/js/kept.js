// A copy of unsent text in this browser, until the server has confirmed it.
// The form's key names the copy, so a text is never put into another form.
const PREFIX = "unsent:";
const LASTS_MS = 7 * 24 * 3600 * 1000;

export function keep(key, text) {
  if (!key) return;
  try {
    if (text) localStorage.setItem(PREFIX + key, JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // Storage may be full or forbidden: the server's draft is still there.
  }
}

export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key))?.text ?? "";
  } catch {
    return "";
  }
}

export function forgetOld() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    try {
      if (Date.now() - JSON.parse(localStorage[name]).at > LASTS_MS) localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
}
