"""What the browser tests of the portal look at."""

DNI = "reniec-dni-duplicado"
FICHA = f"/tramites/{DNI}/"
GALLERY = "/diseno/"
# Every kind of page, each in the state with the most on it.
PATHS = (
    "/",
    FICHA,
    "/tramites/?q=dni",
    "/buscar/?q=antecedentes",
    "/sedes/?region=Cusco",
    "/sedes/centro-mac-piura/",
    "/sedes/tambo-camicachi/",
    "/entidades/reniec/",
    f"/visita/?t={DNI}&t=migraciones-pasaporte",
    "/momentos/busco-trabajo/",
    GALLERY,
)
