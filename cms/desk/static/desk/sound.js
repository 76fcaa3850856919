// A sound for who wants it. A browser lets a page sound only after a key or a click: until then the switch says so.

import { part } from "./part.js";

const SOUND = "mac-sound";
const GESTURES = ["pointerdown", "pointerup", "keydown"];

const sound = { on: localStorage.getItem(SOUND) === "1", context: null };

const sounds = () => sound.context?.state === "running";

export function soundSwitch() {
  const button = part("sound");
  if (!button || !window.AudioContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Pressed because it says that it waits for a key or a click: that is no wish for silence.
    sound.on = !sound.on || !sounds();
    localStorage.setItem(SOUND, sound.on ? "1" : "0");
    wakeSound(button);
    beep(1);
  });
  for (const gesture of GESTURES) {
    document.addEventListener(gesture, ({ target }) => { if (!button.contains(target)) wakeSound(button); });
  }
  wakeSound(button);
}

function wakeSound(button) {
  if (sound.on && !sound.context) {
    sound.context = new AudioContext();
    sound.context.addEventListener("statechange", () => showSound(button));
  }
  if (sound.on && !sounds()) sound.context.resume().catch(() => {});
  showSound(button);
}

function showSound(button) {
  const wanted = sounds() ? "Sonido: sí" : "Sonido: pulsa una tecla";
  const text = sound.on ? wanted : "Sonido: no";
  if (button.textContent !== text) button.textContent = text;
  button.setAttribute("aria-pressed", String(sound.on));
}

// One short tone for a new message, two for somebody new who waits, three for a wait that is too long.
export function beep(times) {
  document.documentElement.dataset.lastBeep = String(times);
  if (!sound.on || !sounds()) return;
  const { context } = sound;
  for (let nth = 0; nth < times; nth += 1) {
    const at = context.currentTime + nth * 0.22;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = times === 3 ? 880 : 620;
    volume.gain.setValueAtTime(0.12, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.18);
  }
}
