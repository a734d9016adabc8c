// Passkeys: takes the server's challenge, asks the browser for an answer, posts it with the form.
const works = "PublicKeyCredential" in window;

for (const element of document.querySelectorAll("[data-passkey-only]")) element.hidden = !works;
for (const button of document.querySelectorAll("button[data-passkey]")) {
  button.addEventListener("click", () => answer(button));
}

async function answer(button) {
  const form = button.form;
  button.setAttribute("aria-busy", "true");
  complain("");
  try {
    const options = (await challenge(button)).publicKey;
    const credential = button.dataset.passkey === "add"
      ? await navigator.credentials.create({ publicKey: forNew(options, form) })
      : await navigator.credentials.get({ publicKey: forKnown(options) });
    form.elements.credential.value = JSON.stringify(toPlain(credential));
    form.requestSubmit();
  } catch (error) {
    button.removeAttribute("aria-busy");
    complain(error.name === "NotAllowedError" || error.name === "AbortError" ? "cancelled"
      : error.name === "InvalidStateError" ? "known" : "failed");
  }
}

/** The page holds the challenge, or the address of the form gives one. */
async function challenge(button) {
  if (button.dataset.options) return JSON.parse(button.dataset.options);
  const response = await fetch(button.form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`challenge: ${response.status}`);
  return (await response.json()).request_options;
}

function forNew(options, form) {
  const alone = form.elements.passwordless?.checked ?? false;
  return {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : "preferred",
    },
  };
}

function forKnown(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: named(options.allowCredentials),
  };
}

function named(credentials = []) {
  return credentials.map((one) => ({ ...one, id: toBytes(one.id) }));
}

/** The credential as JSON, with its bytes in base64url. */
function toPlain(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response: parts,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Say what went wrong, in the page's own words. */
function complain(kind) {
  const place = document.getElementById("passkey-error");
  if (!place) return;
  place.textContent = kind ? place.dataset[kind] ?? place.dataset.failed : "";
  place.hidden = !kind;
}
