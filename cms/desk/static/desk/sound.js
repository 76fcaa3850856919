// A sound for who wants it.

import { part } from "./part.js";

const SOUND = "mac-sound";

// A browser lets a page sound only after a key or a click in it: until then the switch says it is silent.
const sound = { on: localStorage.getItem(SOUND) === "1", context: null };

export function soundSwitch() {
  const button = part("sound");
  if (!button) return;
  button.hidden = false;
  showSound(button);
  button.addEventListener("click", () => {
    sound.on = !sound.on;
    localStorage.setItem(SOUND, sound.on ? "1" : "0");
    showSound(button);
    wakeSound();
    beep(1);
  });
  for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, wakeSound, { once: true });
}

function showSound(button) {
  button.textContent = sound.on ? "Sonido: sí" : "Sonido: no";
  button.setAttribute("aria-pressed", String(sound.on));
}

function wakeSound() {
  if (!sound.on || !window.AudioContext) return;
  sound.context ||= new AudioContext();
  if (sound.context.state === "suspended") sound.context.resume();
}

// One short tone for a new message, two for somebody new who waits, three for a wait that is too long.
export function beep(times) {
  document.documentElement.dataset.lastBeep = String(times);
  if (!sound.on || sound.context?.state !== "running") return;
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
