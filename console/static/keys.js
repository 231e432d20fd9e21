// Keys for what every page also offers as a link or a button. No key works while somebody types.
"use strict";

const DEEDS = { a: "claim", r: "ask", t: "transfer", n: "note", d: "close" };
const help = document.getElementById("keys");
const rows = () => [...document.querySelectorAll("[data-keys] a")];
const row = () => document.activeElement.closest?.("[data-keys] a");

// On a tip: press the button, or unfold the form and go to its first field.
function act(deed) {
  const form = document.querySelector(`form[data-deed="${deed}"]`);
  if (!form) {
    const missing = document.querySelector("[data-missing]");
    if (missing) missing.hidden = false;
    return;
  }
  const fold = form.closest("details");
  if (!fold) return form.requestSubmit();
  fold.open = true;
  form.querySelector("textarea, input:not([type=hidden])").focus();
}

// In a list: the tip under the focus, at the form that was asked for; A takes it at once.
function go(link, deed) {
  if (deed !== "claim") {
    location.assign(`${link.href}?do=${deed}`);
    return;
  }
  const form = document.getElementById("claim");
  form.action = `${link.href}/claim`;
  form.submit();
}

// A without a tip under the focus takes the one at the head of the queue.
function under(key) {
  const isNew = document.querySelector("input[name=tab]")?.value === "new";
  return row() ?? (key === "a" && isNew ? rows()[0] : undefined);
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(row());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  all[Math.max(0, Math.min(all.length - 1, next))].focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return;
  }
  if (typing && event.key === "Escape") typing.blur();
  if (typing || event.ctrlKey || event.altKey || event.metaKey || help?.open) return;
  const key = event.key.toLowerCase();
  if (key === "?" && help) help.showModal();
  else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "q") document.querySelector(".bar nav a")?.click();
  else if (document.querySelector(`[data-key="${CSS.escape(key)}"]`)) {
    document.querySelector(`[data-key="${CSS.escape(key)}"]`).click();
  } else if (key in DEEDS && document.getElementById("claim") && under(key)) go(under(key), DEEDS[key]);
  else if (key in DEEDS && document.querySelector("[data-deed]")) act(DEEDS[key]);
  else return;
  event.preventDefault();
});

// The button that tells of the keys comes when they work, not before.
for (const button of document.querySelectorAll("[data-help]")) {
  button.addEventListener("click", () => help.showModal());
  button.hidden = false;
}

// A reply that is ready is put into the field, unless somebody wrote there already.
document.addEventListener("change", (event) => {
  const chosen = event.target.closest("[data-fills]");
  if (!chosen) return;
  const field = document.getElementById(chosen.dataset.fills);
  const text = (chosen.selectedOptions?.[0] ?? chosen).dataset.text ?? "";
  if (field.value === (field.dataset.filled ?? "")) field.value = field.dataset.filled = text;
});

// The form an address asks for is open already: go to its first field.
if (new URLSearchParams(location.search).has("do")) {
  document.querySelector("details.act[open]")?.querySelector("textarea, input:not([type=hidden])")?.focus();
}
