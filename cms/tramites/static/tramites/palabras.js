// Spanish of what the scripts of Wagtail's editor say, where its own catalogue has none yet.

const SAID = {
  "Autosave in progress…": "Guardando…",
  "Changes have been autosaved.": "Los cambios se guardaron solos.",
  "A network error occurred.": "No hay conexión: no se guardó.",
  "A server error occurred.": "El sistema falló: no se guardó.",
  Good: "Fácil",
  Fair: "Regular",
  Complex: "Difícil",
};

if (window.django?.catalog) {
  for (const [english, spanish] of Object.entries(SAID)) window.django.catalog[english] ??= spanish;
}
