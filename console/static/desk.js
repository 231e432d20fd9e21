// Small comforts. Every page works without this file.
"use strict";

// Buttons that can do nothing without a script stay hidden until there is one.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // plain http has no clipboard of the new kind
  }
  button.textContent = "Đã sao chép";
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
    event.preventDefault();
    return;
  }
  // A second press would be refused by the server anyway. Later, so that the button's own value
  // is still sent.
  if ("once" in form.dataset) {
    setTimeout(() => form.querySelectorAll("button").forEach((b) => (b.disabled = true)));
  }
});

// What is counted once, without a script, is counted as one types.
for (const still of document.querySelectorAll("[data-still]")) still.hidden = true;

// How much room is left in each part of a notice, and in the whole.
const meters = [...document.querySelectorAll("[data-meter]")];
const whole = document.querySelector("[data-whole]");
const lengthOf = (meter) =>
  [...document.getElementById(meter.dataset.meter).value.normalize("NFC").trim()].length;
const count = () => {
  let sum = whole ? Number(whole.dataset.whole) : 0;
  for (const meter of meters) {
    const length = lengthOf(meter);
    sum += length;
    meter.textContent = `${length}/${meter.dataset.limit}`;
    meter.hidden = false;
  }
  if (whole) {
    whole.textContent = sum;
    whole.parentElement.hidden = false;
  }
};
for (const meter of meters) {
  document.getElementById(meter.dataset.meter).addEventListener("input", count);
}
if (meters.length) count();

// Back in history: the page may come from memory with its buttons still off.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});
