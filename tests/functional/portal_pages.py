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
    "/reclamos/",
    GALLERY,
)
# And those beside the way: what is not there, what has nothing to show, what stands alone.
BESIDE = (
    "/tramites/",
    "/tramites/osce-rnp/",
    "/buscar/?q=zzkkww",
    "/buscar/",
    "/sedes/",
    "/entidades/",
    "/visita/",
    "/chat/",
    f"/chat/?codigo={DNI}",
    "/chat/llamada/",
    "/guardado/",
    "/sin-linea/",
    "/nada/",
    "/buscar/?q=%00",
    "/insertar/",
    f"/insertar/{DNI}/",
)
# `{locale}` stands for the language; the first page of all has none.
EVERY_PAGE = ("/", *("/{locale}" + path for path in (*PATHS, *BESIDE)))
