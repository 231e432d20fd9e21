// The server says that something waits, never what: the list is asked for at once, with a sound.
"use strict";

const SOUND = "tieng-loa-sound"; // in this browser only
const AGAIN = 10000; // milliseconds
const live = document.querySelector("[data-live]");
const sound = document.querySelector("[data-sound]");
let audio;

const isOn = () => localStorage.getItem(SOUND) !== "off";

function show() {
  sound.setAttribute("aria-pressed", String(isOn()));
  sound.hidden = false;
  sound.textContent = isOn() ? "Âm báo: bật" : "Âm báo: tắt";
}

// Browsers let a page sound only after somebody has pressed something on it.
function ready() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}

function ring() {
  if (!isOn() || audio?.state !== "running") return;
  for (const [pitch, after] of [[660, 0], [880, 0.18]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  }
  live.dataset.rang = String(Number(live.dataset.rang ?? 0) + 1);
}

// A browser itself connects again only where the network failed. Any answer but the stream, such as
// the 502 of a proxy while the program starts anew, ends it for good: the page would ring no more.
function listen() {
  const source = new EventSource(live.dataset.live);
  source.addEventListener("waiting", (event) => {
    live.textContent = event.data;
    live.hidden = false;
    document.dispatchEvent(new Event("waiting"));
    ring();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
  });
}

if (live) {
  show();
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, ready, { once: true });
  }
  sound.addEventListener("click", () => {
    localStorage.setItem(SOUND, isOn() ? "off" : "on");
    show();
    ring();
  });
  listen();
}
