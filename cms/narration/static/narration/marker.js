// Finds the sentence being read among the words of the page and marks it, without changing the page.

const NAME = "mac-said";
const SKIPPED = ".hidden, .listen, .player, script, style, template";
const BLOCK = "p, li, h1, h2, h3, dd, dt, summary, section";
const SHORT = 24;

export class Marker {
  constructor(scope) {
    this.scope = scope;
    this.from = 0;
    this.index = -1;
  }

  // `sentences` are [seconds, text] in order; what is not on the page (a source said at the end) is not marked.
  mark(sentences, index) {
    if (index === this.index) return;
    if (index < this.index) this.from = 0;
    this.index = index;
    this.text ??= read(this.scope);
    const range = this.find(sentences[index][1]);
    this.clear();
    if (range) show(range);
  }

  find(sentence) {
    const wanted = folded(sentence);
    if (!wanted) return null;
    let at = this.text.words.indexOf(wanted, this.from);
    // A short heading stands in many places: only the next one is meant.
    if (at < 0 && wanted.length >= SHORT) at = this.text.words.indexOf(wanted);
    if (at < 0) return null;
    this.from = at + wanted.length;
    const range = document.createRange();
    range.setStart(...this.text.places[at]);
    const [node, offset] = this.text.places[at + wanted.length - 1];
    range.setEnd(node, offset + 1);
    return range;
  }

  clear() {
    globalThis.CSS?.highlights?.delete(NAME);
    document.querySelectorAll(`.${NAME}`).forEach((element) => element.classList.remove(NAME));
  }
}

function folded(text) {
  return text.replace(/\s+/g, " ").trim().replace(/[.:]+$/, "");
}

// The words of `scope` with single spaces, and for each character where it stands.
function read(scope) {
  const places = [];
  let words = "";
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(SKIPPED)) continue;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const blank = /\s/.test(node.data[offset]);
      if (blank && words.endsWith(" ")) continue;
      words += blank ? " " : node.data[offset];
      places.push([node, offset]);
    }
  }
  return { words, places };
}

function show(range) {
  const element = range.startContainer.parentElement;
  const folded = element.closest("details:not([open])");
  if (folded && !element.closest("summary")) folded.open = true;
  if (globalThis.CSS?.highlights) CSS.highlights.set(NAME, new Highlight(range));
  else element.closest(BLOCK)?.classList.add(NAME);
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight * 0.7) (element.closest(BLOCK) || element).scrollIntoView({ block: "center" });
}
