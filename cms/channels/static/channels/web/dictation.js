// Dictating a question, where the browser can turn speech into text. Quechua no browser knows: that is said.

const SILENCE = new Set(["no-speech", "aborted"]);

export class Dictation {
  // `part` has the button and the line where it is said what happens; `box` gets the words.
  constructor(part, box) {
    this.part = part;
    this.box = box;
    this.button = part.querySelector("button");
    this.status = part.querySelector("[role=status]");
    this.Recognition = globalThis.SpeechRecognition || globalThis.webkitSpeechRecognition;
  }

  onClick() {
    if (this.part.dataset.locale !== "es") this.say(this.part.dataset.textNone);
    else if (this.running) this.running.stop();
    else this.start();
  }

  start() {
    const recognition = new this.Recognition();
    recognition.lang = "es-PE";
    recognition.interimResults = true;
    const before = this.box.value.trim();
    recognition.addEventListener("result", (event) => {
      if (this.running !== recognition) return;
      const heard = Array.from(event.results, (result) => result[0].transcript).join("").trim();
      this.box.value = [before, heard].filter(Boolean).join(" ");
      this.box.dispatchEvent(new Event("input"));
    });
    recognition.addEventListener("error", (event) => {
      this.failed = !SILENCE.has(event.error) || !this.box.value.trim();
    });
    recognition.addEventListener("end", () => { if (this.running === recognition) this.end(); });
    this.failed = false;
    this.running = recognition;
    this.button.textContent = this.part.dataset.textStop;
    this.say(this.part.dataset.textListening);
    recognition.start();
  }

  // The words have been sent: what is heard from here on belongs to no message.
  stop() {
    const recognition = this.running;
    if (!recognition) return;
    this.running = null;
    recognition.abort();
    this.button.textContent = this.part.dataset.textStart;
    this.say("");
  }

  // What was heard stays in the box: it is read again and sent by hand.
  end() {
    this.running = null;
    this.button.textContent = this.part.dataset.textStart;
    this.say(this.failed ? this.part.dataset.textFailed : "");
    this.box.focus();
  }

  say(text) {
    this.status.textContent = text;
  }
}
