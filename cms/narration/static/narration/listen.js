// Listening, when there is JavaScript: a player for the links that lead to a recording, with the sentence being
// read marked on the page; and the large pictures, which speak at the first touch and lead on at the second.
// Without it the links are links. All sentences come from the server, in the template #mac-player.

import { Marker } from "./marker.js";

const SPEED = "mac-listen-speed";
const ARMED_MS = 15000;
const STEP_SECONDS = 10;

class Player {
  constructor() {
    this.template = document.getElementById("mac-player");
    this.audio = new Audio();
    this.audio.preload = "none";
    for (const name of ["play", "pause"]) this.audio.addEventListener(name, () => this.showState());
    this.audio.addEventListener("timeupdate", () => this.follow());
    this.audio.addEventListener("playing", () => this.note(this.voice));
    this.audio.addEventListener("ended", () => this.marker?.clear());
    this.audio.addEventListener("error", () => this.fail());
  }

  // `link` leads to a recording; its times are beside it, under the same name.
  open(link) {
    this.build(link);
    this.link = link;
    this.sentences = [];
    this.voice = "";
    this.marker?.clear();
    this.marker = new Marker(document.getElementById(link.dataset.listen) || document.querySelector("main"));
    this.said.textContent = "";
    this.note(this.template.dataset.textWait);
    // In the very touch: later a telephone would not let it sound.
    this.audio.src = link.href;
    this.audio.playbackRate = this.rate;
    this.audio.play().catch(() => {});
    if (link.dataset.listen) this.fetchTimes(link);
  }

  async fetchTimes(link) {
    try {
      const response = await fetch(link.href.replace(".mp3", ".json"));
      if (!response.ok) return;
      const { sentences, voice, bytes } = await response.json();
      if (this.link !== link) return;
      this.sentences = sentences;
      this.voice = voice === "person" ? this.template.dataset.textPerson : this.template.dataset.textMachine;
      this.voice += ` ${this.template.dataset.textSize.replace("{mb}", (bytes / 1e6).toFixed(1))}`;
      if (!this.audio.paused) this.note(this.voice);
      this.follow();
    } catch {
      // It is heard all the same; only the sentence is not marked.
    }
  }

  // In the dialog the link is in: what lies under an open dialog cannot be touched.
  build(link) {
    const place = link.closest("dialog") || document.body;
    document.documentElement.classList.add("playing");
    if (this.box?.parentElement === place) return;
    this.box?.remove();
    this.box = this.template.content.firstElementChild.cloneNode(true);
    this.said = this.box.querySelector(".player-said");
    this.status = this.box.querySelector(".player-note");
    this.toggle = this.box.querySelector("[data-do=toggle]");
    this.speed = this.box.querySelector("[data-do=speed]");
    this.speed.value = remembered();
    this.toggle.addEventListener("click", () => (this.isSilent ? this.play() : this.audio.pause()));
    for (const [name, seconds] of [["back", -STEP_SECONDS], ["forward", STEP_SECONDS]]) {
      this.box.querySelector(`[data-do=${name}]`).addEventListener("click", () => this.jump(seconds));
    }
    this.speed.addEventListener("change", () => this.setSpeed());
    this.box.querySelector("[data-do=close]").addEventListener("click", () => this.close());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    place.append(this.box);
    this.showState();
  }

  get isSilent() {
    return this.audio.paused || Boolean(this.audio.error);
  }

  get rate() {
    return Number(this.speed.value) || 1;
  }

  // Again after a failure: a recording that did not come is asked for anew.
  play() {
    if (this.audio.error) this.audio.load();
    this.audio.playbackRate = this.rate;
    this.audio.play().catch(() => {});
  }

  // Never past the end: there it would stop as if all had been heard.
  jump(seconds) {
    const last = Number.isFinite(this.audio.duration) ? this.audio.duration - 0.1 : this.audio.currentTime;
    this.audio.currentTime = Math.max(0, Math.min(this.audio.currentTime + seconds, last));
    this.follow();
  }

  setSpeed() {
    this.audio.playbackRate = this.rate;
    try {
      localStorage.setItem(SPEED, this.speed.value);
    } catch {
      // It is this page's only.
    }
  }

  follow() {
    const at = this.audio.currentTime + 0.05;
    const index = this.sentences.findLastIndex(([seconds]) => seconds <= at);
    if (index < 0 || this.audio.ended) return;
    const text = this.sentences[index][1];
    if (this.said.textContent !== text) this.said.textContent = text;
    this.marker.mark(this.sentences, index);
  }

  showState() {
    const { textPause, textGo } = this.template.dataset;
    this.toggle.textContent = this.isSilent && this.audio.src ? textGo : textPause;
  }

  note(text) {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }

  fail() {
    if (!this.audio.hasAttribute("src") || !this.box?.isConnected) return;
    this.note(this.template.dataset.textFailed);
    this.showState();
  }

  close() {
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.marker?.clear();
    this.box?.remove();
    document.documentElement.classList.remove("playing");
    this.link?.focus();
  }
}

function remembered() {
  try {
    return localStorage.getItem(SPEED) || "1";
  } catch {
    return "1";
  }
}

// The pictures: by touch the first one speaks, the second goes. A mouse and a keyboard go at once.
class Pictures {
  constructor(nav, player) {
    this.again = nav.querySelector(".first-again");
    this.player = player;
    this.voice = new Audio();
    nav.addEventListener("pointerdown", (event) => {
      this.touched = event.pointerType !== "mouse";
    });
    nav.addEventListener("click", (event) => this.onClick(event));
  }

  onClick(event) {
    const link = event.target.closest("a[data-say]");
    const touched = this.touched;
    this.touched = false;
    if (!link || !touched || link === this.armed) return this.disarm();
    event.preventDefault();
    this.disarm();
    this.player.audio.pause();
    this.armed = link;
    link.classList.add("armed");
    this.again.textContent = this.again.dataset.text;
    this.timer = setTimeout(() => this.disarm(), ARMED_MS);
    this.voice.src = link.dataset.say;
    this.voice.play().catch(() => {});
  }

  disarm() {
    clearTimeout(this.timer);
    this.voice.pause();
    this.armed?.classList.remove("armed");
    this.armed = null;
    this.again.textContent = "";
  }
}

if (document.getElementById("mac-player")) {
  const player = new Player();
  const pictures = document.querySelector(".first");
  if (pictures) new Pictures(pictures, player);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-listen]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    player.open(link);
  });
}
