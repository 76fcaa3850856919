// A ficha of mac.pe, or its search, on any page. Where this tag stands, a frame is put:
//
//   <script async src="https://mac.pe/insertar.js" data-tramite="reniec-dni-duplicado" data-idioma="es"></script>
//
// Without data-tramite it is the search; data-idioma is es or qu; data-alto the height in pixels. The frame runs no script,
// sets no cookie, asks no other host, and is told nothing of the page around it.
{
  const tag = document.currentScript;
  const { idioma, tramite, alto } = tag.dataset;
  const locale = idioma === "qu" ? "qu" : "es";
  const frame = document.createElement("iframe");
  frame.src = new URL(`/${locale}/insertar/${tramite ? `${encodeURIComponent(tramite)}/` : ""}`, tag.src).href;
  frame.title = "Mejor Atención al Ciudadano (MAC)";
  frame.lang = locale;
  frame.setAttribute("sandbox", "allow-forms allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.loading = "lazy";
  frame.width = "100%";
  frame.height = String(Number.parseInt(alto, 10) || (tramite ? 640 : 380));
  frame.style.border = "0";
  tag.after(frame);
}
