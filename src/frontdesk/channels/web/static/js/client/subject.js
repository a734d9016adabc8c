// Shows the subject that the server would make of the message, while one types.
const PAUSE_MS = 300;
// The rule looks at the first lines; what comes after a good while cannot change the subject.
const HEAD_LENGTH = 2000;

export function startSubject() {
  const field = document.querySelector("[data-subject]");
  if (!field) return;
  const place = document.getElementById("subject");
  let timer = 0;
  let asked = place.textContent ? field.value.slice(0, HEAD_LENGTH) : "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  if (field.value && !asked) ask();

  async function ask() {
    const head = field.value.slice(0, HEAD_LENGTH);
    if (head === asked) return;
    asked = head;
    const content = new FormData();
    content.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    content.set("message", head);
    try {
      const response = await fetch(field.dataset.subject, { method: "POST", body: content });
      const isText = response.headers.get("Content-Type")?.startsWith("text/plain");
      if (response.ok && isText && head === asked) place.textContent = await response.text();
    } catch {
      // Only a preview: the server makes the subject when the ticket is sent.
    }
  }
}
