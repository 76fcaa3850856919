/* The desk's keys, the check of placeholders while typing, and a word before unsaved text is left behind.
   Everything can be done without this file: each sentence is a form of its own. */

const mesa = document.querySelector("[data-mesa]");
const boxes = () => [...mesa.querySelectorAll("textarea[name=texto]")];
const article = (element) => element.closest("[data-frase]");
const changed = (box) => box.value !== box.defaultValue || "sinGuardar" in box.dataset;

function say(text) {
  document.getElementById("mesa-estado").textContent = text;
}

function names(text) {
  return new Set(text.match(/\{[^{}]*\}/g) ?? []);
}

function checkPlaceholders(box) {
  const wanted = new Set(box.dataset.datos.split(" ").filter(Boolean));
  const written = names(box.value);
  const missing = [...wanted].filter((name) => !written.has(name));
  const strange = [...written].filter((name) => !wanted.has(name));
  const note = article(box).querySelector("[data-vivo]");
  note.dataset.inicial ??= note.textContent.trim();
  const wrong = box.value.trim() !== "" && missing.length + strange.length > 0;
  note.classList.toggle("falta", wrong);
  if (!wrong) note.textContent = note.dataset.inicial;
  else if (missing.length) note.textContent = `Falta ${missing.join(", ")}.`;
  else note.textContent = `Sobra ${strange.join(", ")}.`;
}

function pendingFrom(element, step) {
  const all = [...mesa.querySelectorAll("[data-frase]")];
  const here = element ? all.indexOf(article(element)) : -1;
  const ordered = step > 0 ? all.slice(here + 1) : all.slice(0, Math.max(here, 0)).reverse();
  return ordered.find((item) => "pendiente" in item.dataset)?.querySelector("textarea");
}

function go(box) {
  if (!box) return say("No hay más frases pendientes.");
  box.focus();
  article(box).scrollIntoView({ block: "nearest" });
}

function put(box, term, whole) {
  box.focus();
  if (whole) box.select();
  const apart = !whole && /\S$/.test(box.value.slice(0, box.selectionStart));
  const text = apart ? ` ${term}` : term;
  // Kept in the box's own history, so that Ctrl+Z takes it back.
  if (!document.execCommand("insertText", false, text)) box.setRangeText(text);
  checkPlaceholders(box);
}

mesa.addEventListener("keydown", (event) => {
  const box = event.target.closest("textarea[name=texto]");
  if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    // Onward only once it is saved: a refused sentence keeps the cursor.
    box.dataset.avanza = "";
    box.form.querySelector("button[value=guardar]").click();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    go(pendingFrom(box, event.key === "ArrowDown" ? 1 : -1));
  }
});

mesa.addEventListener("input", (event) => {
  if (event.target.matches("textarea[name=texto]")) checkPlaceholders(event.target);
});

mesa.addEventListener("click", (event) => {
  const button = event.target.closest("[data-inserta], [data-reemplaza]");
  if (!button) return;
  const box = article(button).querySelector("textarea");
  const whole = "reemplaza" in button.dataset;
  put(box, whole ? button.dataset.reemplaza : button.dataset.inserta, whole);
});

// A refused save answers with the sentence too: it says why, and what was typed is still in its box.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if ([403, 409, 422].includes(xhr.status) && xhr.responseText.includes("data-frase")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// What was typed while the save was under way is not lost to the answer.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const box = event.detail.elt.querySelector?.("textarea[name=texto]");
  if (box) box.dataset.enviado = box.value;
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const box = event.detail.target.querySelector?.("textarea[name=texto]");
  if (!box || !event.detail.shouldSwap) return;
  const held = { focused: document.activeElement === box, typed: box.value };
  const typedOn = box.value !== box.dataset.enviado;
  const onward = "avanza" in box.dataset && event.detail.xhr.status === 200;
  const place = [...mesa.querySelectorAll("[data-frase]")].indexOf(article(box));
  document.body.addEventListener(
    "htmx:afterSettle",
    () => {
      const fresh = mesa.querySelectorAll("[data-frase]")[place]?.querySelector("textarea");
      if (!fresh) return;
      if (typedOn) fresh.value = held.typed;
      if (held.focused && onward && !typedOn) go(pendingFrom(fresh, 1));
      else if (held.focused) fresh.focus({ preventScroll: true });
      checkPlaceholders(fresh);
    },
    { once: true },
  );
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, () => {
    boxes().forEach((box) => delete box.dataset.avanza);
    say("No se guardó: no hay respuesta del sistema. Tu texto sigue en el cuadro.");
  });
}

window.addEventListener("beforeunload", (event) => {
  if (boxes().some(changed)) event.preventDefault();
});

boxes().forEach(checkPlaceholders);
