// Files go to the server as soon as they are chosen, each with its progress; the form then
// carries only its key. Without script the same input is sent with the form.
import { say } from "./texts.js";

export function startUploads() {
  document.addEventListener("change", chosen);
  document.addEventListener("click", clicked);
  document.addEventListener("dragover", dragged);
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) light(false); });
  document.addEventListener("drop", dropped);
  document.addEventListener("paste", pasted);
  document.addEventListener("submit", waitForFiles, true);
}

function formFor(target) {
  return target.closest?.("form[data-uploads]") ?? document.querySelector("form[data-uploads]:not([hidden])");
}

function chosen(event) {
  const input = event.target;
  if (input.type !== "file" || !input.form?.dataset.uploads) return;
  sendAll(input.form, [...input.files]);
  input.value = "";
}

function pasted(event) {
  const form = event.target.closest?.("form[data-uploads]");
  const files = [...(event.clipboardData?.files ?? [])];
  if (!form || !files.length) return;
  event.preventDefault();
  sendAll(form, files);
}

function dragged(event) {
  if (!event.dataTransfer?.types.includes("Files") || !formFor(event.target)) return;
  event.preventDefault();
  light(true);
}

function dropped(event) {
  const form = formFor(event.target);
  if (!form || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  light(false);
  sendAll(form, [...event.dataTransfer.files]);
}

function light(on) {
  for (const zone of document.querySelectorAll(".drop")) zone.classList.toggle("is-over", on);
}

function sendAll(form, files) {
  for (const file of files) send(form, file);
}

function send(form, file) {
  const row = busyRow(file);
  form.querySelector("[data-files]").append(row);
  const request = new XMLHttpRequest();
  const content = new FormData();
  content.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  content.set("key", form.elements.key.value);
  content.set("file", file);
  let percent = 0;
  request.upload.addEventListener("progress", (event) => {
    percent = Math.floor((event.loaded / event.total) * 100);
    row.querySelector("progress").value = percent;
  });
  request.addEventListener("load", () => {
    if (request.status === 201 || request.status === 422) row.replaceWith(fragment(request.responseText));
    else stopped(form, file, row, percent);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    goOn(form);
  });
  request.addEventListener("error", () => { stopped(form, file, row, percent); goOn(form); });
  row.querySelector("button").addEventListener("click", () => { request.abort(); row.remove(); goOn(form); });
  request.open("POST", form.dataset.uploads);
  request.send(content);
}

/** A submit while a file is on its way waits for it, then goes on by itself. */
function waitForFiles(event) {
  const form = event.target;
  if (!form.dataset.uploads || !form.querySelector("[data-uploading]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.waitingSubmitter = event.submitter;
  event.submitter?.setAttribute("aria-busy", "true");
}

function goOn(form) {
  if (!("waitingSubmitter" in form) || form.querySelector("[data-uploading]")) return;
  const submitter = form.waitingSubmitter;
  delete form.waitingSubmitter;
  submitter?.removeAttribute("aria-busy");
  if (!form.querySelector(".file.bad")) form.requestSubmit(submitter ?? undefined);
}

function busyRow(file) {
  const row = document.createElement("li");
  row.className = "file";
  row.dataset.uploading = "";
  const words = document.createElement("span");
  const name = document.createElement("bdi");
  name.className = "name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", say("uploading", { name: file.name }));
  words.append(name, bar);
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "btn quiet icon-only dense";
  cancel.textContent = "×";
  cancel.setAttribute("aria-label", say("cancel", { name: file.name }));
  const thumb = document.createElement("span");
  thumb.className = "thumb";
  row.append(thumb, words, cancel);
  return row;
}

function stopped(form, file, row, percent) {
  delete row.dataset.uploading;
  row.classList.add("bad");
  const words = row.querySelector("progress").parentElement;
  const reason = document.createElement("span");
  reason.className = "soft";
  reason.setAttribute("role", "alert");
  reason.textContent = say("stopped", { name: file.name, percent });
  row.querySelector("progress").remove();
  const again = document.createElement("button");
  again.type = "button";
  again.className = "link";
  again.textContent = say("retry");
  again.addEventListener("click", () => { row.remove(); send(form, file); });
  words.append(reason, again);
}

async function clicked(event) {
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) {
    dismiss.closest("li").remove();
    return;
  }
  const button = event.target.closest("[data-remove]");
  const form = button?.form;
  if (!form?.dataset.uploads) return;
  event.preventDefault();
  const content = new FormData();
  content.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(button.dataset.remove, { method: "POST", body: content });
  if (!response.ok) return;
  const row = button.closest("li");
  (row.nextElementSibling?.querySelector("button") ?? form.elements.message)?.focus();
  row.remove();
}

/** Our own server's answer, parsed as a fragment; scripts in it would not run. */
function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
}
