// The preflight in the editor's form: leads to the field of a finding, says it there too, keeps the summary
// up to date after every autosave, and names the rows of the form by what they hold.

const box = document.getElementById("comprobacion");
const NAMING = ["aspecto", "clave", "norma", "nombre", "valor", "entidad", "tipo"];

if (box) {
  box.addEventListener("click", follow);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-side-panel='comprobacion']")) follow(event);
  });
  document.addEventListener("w-autosave:success", (event) => renew(event.detail?.response?.html));
  document.addEventListener("input", nameRowOf);
  document.addEventListener("change", nameRowOf);
  new MutationObserver(nameRows).observe(box.closest("form"), { childList: true, subtree: true });
  nameRows();
  annotate();
  if (box.hasAttribute("data-refused")) box.focus();
}

function follow(event) {
  if (event.target.closest("[data-comprobacion-abre]")) {
    document.querySelector("[data-side-panel-toggle='comprobacion']")?.click();
    return;
  }
  const link = event.target.closest("[data-hallazgo]");
  if (!link) return;
  event.preventDefault();
  const target = targetOf(link);
  if (target) reveal(target);
}

/** The field a finding is mended in; where its row is not there, the button that adds one. */
function targetOf({ dataset: { id, campo, lista, clave, otra } }) {
  if (id) return document.getElementById(id);
  if (!lista) return byName(campo);
  const row = rowOf(lista, clave);
  if (row) return byName(`${row}-${campo}`) || byName(`${row}-clave`);
  return document.getElementById(`id_${otra || lista}-ADD`);
}

function byName(name) {
  const field = document.getElementById(`id_${name}`);
  return field && field.offsetParent === null && field.type === "hidden" ? null : field;
}

/** The prefix (`costos-1`) of the row that has this key, or stands at this place among those that stay. */
function rowOf(lista, clave) {
  const rows = [...document.querySelectorAll(`#id_${lista}-FORMS > [data-inline-panel-child]`)]
    .map((child) => child.id.replace("inline_child_", ""))
    .filter((prefix) => !document.getElementById(`id_${prefix}-DELETE`)?.value);
  const keyed = rows.find((prefix) =>
    ["clave", "aspecto"].some((name) => document.getElementById(`id_${prefix}-${name}`)?.value === clave),
  );
  return keyed ?? (/^\d+$/.test(clave) ? rows[Number(clave) - 1] : undefined);
}

function reveal(target) {
  const tab = target.closest("[role='tabpanel']");
  if (tab?.hidden) document.querySelector(`[role='tab'][aria-controls='${tab.id}']`)?.click();
  for (let panel = target.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
  // The tab is shown one frame later.
  setTimeout(() => {
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }, 150);
}

/** Puts the summary an autosave has sent in place of the one shown, without taking anybody's focus or ticks away. */
function renew(html) {
  const sent = html && new DOMParser().parseFromString(html, "text/html").querySelector("template[data-comprobacion]");
  if (!sent) return;
  const fresh = sent.content.cloneNode(true);
  const before = state(box);
  if (fingerprint(fresh) !== fingerprint(box)) {
    const ticked = new Map([...box.querySelectorAll("[name='acepta']")].map((tick) => [tick.value, tick.checked]));
    for (const tick of fresh.querySelectorAll("[name='acepta']")) {
      if (ticked.has(tick.value)) tick.checked = ticked.get(tick.value);
    }
    const focused = box.contains(document.activeElement) && document.activeElement;
    const open = box.querySelector("details")?.open;
    box.replaceChildren(fresh);
    if (open !== undefined && before === state(box)) box.querySelector("details").open = open;
    if (focused) again(focused)?.focus();
    if (before !== state(box)) say();
  }
  annotate();
}

const fingerprint = (part) => [...part.querySelectorAll("[data-hallazgo]")].map((a) => a.dataset.hallazgo).join() + state(part);
const state = (part) => {
  const { errores, pendientes } = part.querySelector("details")?.dataset ?? {};
  return `${errores} ${pendientes}`;
};

function again(element) {
  if (element.name) return box.querySelector(`[name='${element.name}'][value='${CSS.escape(element.value)}']`);
  if (element.dataset.hallazgo) return box.querySelector(`[data-hallazgo='${element.dataset.hallazgo}']`);
  return box.querySelector("summary");
}

function say() {
  document.getElementById("comprobacion-dicho").textContent = document
    .getElementById("comprobacion-titulo")
    .textContent.replace(/\s+/g, " ");
  const counter = document.querySelector("[data-side-panel-toggle='comprobacion'] [data-side-panel-toggle-counter]");
  const { errores, pendientes } = box.querySelector("details").dataset;
  if (counter) {
    counter.textContent = Number(errores) + Number(pendientes);
    counter.hidden = counter.textContent === "0";
  }
}

/** Says each finding at its field too, tied to it for those who do not see it. */
function annotate() {
  for (const note of document.querySelectorAll(".comprobacion-nota")) {
    const field = document.getElementById(note.dataset.de);
    if (field) describe(field, (ids) => ids.filter((id) => id !== note.id));
    note.remove();
  }
  const all = document.querySelectorAll("[data-side-panel='comprobacion'] [data-hallazgo]");
  [...all].forEach((link, number) => {
    const target = targetOf(link);
    const wrapper = target?.closest("[data-field-wrapper], .w-field__wrapper, .w-field");
    const message = link.querySelector("[data-mensaje]").textContent;
    if (!wrapper || wrapper.textContent.includes(message)) return;
    const note = document.createElement("p");
    note.id = `comprobacion-nota-${number}`;
    note.className = `comprobacion-nota comprobacion-nota--${link.dataset.nivel}`;
    note.dataset.de = target.id;
    note.textContent = message;
    wrapper.append(note);
    describe(target, (ids) => [...ids, note.id]);
  });
}

function describe(field, change) {
  const ids = change((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

function nameRowOf(event) {
  const child = event.target.closest?.("[data-inline-panel-child]");
  if (child) nameRow(child);
}

function nameRows() {
  document.querySelectorAll("[data-inline-panel-child]").forEach(nameRow);
}

/** `Aspecto 3: costo`: a heading that only counts does not say where one is. */
function nameRow(child) {
  const prefix = child.id.replace("inline_child_", "");
  const heading = child.querySelector("[data-panel-heading-text]");
  if (!heading || prefix.includes("__prefix__")) return;
  const field = NAMING.map((name) => document.getElementById(`id_${prefix}-${name}`)).find((found) => found?.value);
  const text = field ? `: ${(field.selectedOptions?.[0]?.textContent ?? field.value).trim()}` : "";
  let name = heading.querySelector(".comprobacion-fila");
  if (!name) {
    name = document.createElement("span");
    name.className = "comprobacion-fila";
    heading.append(name);
  }
  if (name.textContent !== text) name.textContent = text;
}
