"""The columns of a sheet, in the words of the official TUPA ficha, and how an entity's own headers are known.

An id is for ever: remembered mappings hold it. `NOT_OFFERED` are columns of the older format (DS 062-2009-PCM) that
are read and not offered in our template.
"""

import re
from dataclasses import dataclass

from lenguas.normalise import fold


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` is what a cell may say, where that is a closed list; `many` that it holds one thing per line."""

    id: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    many: bool = False
    width: int = 24


VIAS = ("Presencial", "En línea", "Por teléfono", "Aplicación")
UNIDADES = ("días hábiles", "días calendario", "horas", "minutos", "meses", "años")
TIPOS = ("Procedimiento", "Servicio prestado en exclusividad", "Servicio no exclusivo")
CALIFICACIONES = (
    "Aprobación automática",
    "Evaluación previa con silencio positivo",
    "Evaluación previa con silencio negativo",
    "No aplica",
)
_APPEAL = "Solo para procedimientos."

OFFERED: tuple[Column, ...] = (
    Column("accion", "Acción", "nueva, cambia o retira; vacía: lo que resulte de comparar", ("nueva", "cambia", "retira"), width=10),
    Column("fila", "Tipo de fila", "ficha (o vacía). costo o plazo: una fila más de la misma ficha, con su mismo código", ("ficha", "costo", "plazo"), width=12),
    Column("codigo", "Código", "el código de la ficha en este portal, como reniec-dni-duplicado; una ficha nueva puede no tenerlo", width=30),
    Column("codigo_tupa", "Código TUPA", "el código oficial, como PA156095DF", width=16),
    Column("nombre", "Denominación", "el nombre del trámite", width=40),
    Column("tipo", "Tipo", "qué es según el TUPA", TIPOS, width=22),
    Column("descripcion", "Descripción", "qué es y para qué sirve", width=40),
    Column("requisitos", "Requisitos", "uno por línea (Alt+Entrar). Al final de la línea puede ir [pago], [dato], [foto], [condición], [opcional] o [en línea]", many=True, width=60),
    Column("notas", "Notas", "lo que se dice después de los requisitos", width=40),
    Column("formularios", "Formularios", "uno por línea: nombre | código | dirección web", many=True, width=30),
    Column("canales", "Canales de atención", "uno por línea: Presencial, En línea, Por teléfono o Aplicación, y después de dos puntos la frase. Puede seguir | dirección web | tel. número | con cita", many=True, width=40),
    Column("monto", "Pago por derecho de tramitación (S/)", "el monto en soles, como 24.50; o gratuito; o por confirmar", width=16),
    Column("gratuito", "Gratuito", "sí, cuando no se paga", ("sí", "no"), width=10),
    Column("detalle_pago", "Detalle del pago", "la frase que lo cuenta. {monto} y {codigo_pago} guardan el lugar de los datos", width=40),
    Column("codigo_pago", "Código de pago", "con sus ceros delante, como 02121", width=12),
    Column("uit", "% UIT", "solo si la norma lo da: 0.44 es 0.44 %", width=8),
    Column("via", "Vía del pago", "por dónde se hace el trámite que cuesta esto", VIAS, width=14),
    Column("desde", "Vigente desde", "primer día del pago o del plazo de la fila: día/mes/año", width=12),
    Column("hasta", "Vigente hasta", "último día", width=12),
    Column("modalidad", "Modalidad de pagos", "cómo y dónde se paga", width=30),
    Column("plazo", "Plazo", "número, o «20 a 30», o el mismo día, o por confirmar", width=12),
    Column("unidad", "Unidad del plazo", "si falta, se leen días hábiles", UNIDADES, width=14),
    Column("detalle_plazo", "Detalle del plazo", "la frase que lo cuenta. {plazo} guarda el lugar del dato", width=30),
    Column("calificacion", "Calificación", "solo para procedimientos; en los servicios, no aplica", CALIFICACIONES, width=24),
    Column("sedes", "Sedes de atención", "dónde se hace", width=30),
    Column("horario", "Horario de atención", "días y horas", width=24),
    Column("unidad_presenta", "Unidad donde se presenta la documentación", "mesa de partes u otra", width=24),
    Column("unidad_aprueba", "Unidad responsable de aprobar la solicitud", "la que decide", width=24),
    Column("telefono", "Consulta: teléfono", "uno por línea", many=True, width=16),
    Column("anexo", "Consulta: anexo", "del teléfono", width=10),
    Column("correo", "Consulta: correo", "uno por línea", many=True, width=24),
    Column("reconsideracion_autoridad", "Reconsideración: autoridad", _APPEAL, width=24),
    Column("reconsideracion_presentar", "Reconsideración: días para presentarla", _APPEAL, width=10),
    Column("reconsideracion_resolver", "Reconsideración: días para resolverla", _APPEAL, width=10),
    Column("apelacion_autoridad", "Apelación: autoridad", _APPEAL, width=24),
    Column("apelacion_presentar", "Apelación: días para presentarla", _APPEAL, width=10),
    Column("apelacion_resolver", "Apelación: días para resolverla", _APPEAL, width=10),
    Column("base_legal", "Base legal", "una norma por línea: norma | artículo | título | fecha de publicación | dirección web", many=True, width=50),
    Column("pasos", "Pasos", "uno por línea", many=True, width=40),
    Column("quien", "Quién puede hacerlo", "en una frase", width=30),
    Column("resultado", "Qué se recibe", "en una frase", width=30),
    Column("vigencia", "Vigencia de lo que se recibe", "en una frase", width=24),
    Column("cita", "Cita", "en una frase", width=24),
    Column("motivo", "Motivo", "por qué se retira o cambia", width=30),
    Column("reemplazo", "Reemplazo", "el código de la ficha que la reemplaza", width=24),
)  # fmt: skip
NOT_OFFERED: tuple[Column, ...] = (
    Column("orden", "N° de orden", "no se lee"),
    Column(
        "nombre_base_legal",
        "Denominación y base legal",
        "la primera línea es el nombre; lo que sigue, las normas",
    ),
    Column("cal_automatica", "Calificación: automática", "una X"),
    Column("cal_positivo", "Calificación: silencio positivo", "una X"),
    Column("cal_negativo", "Calificación: silencio negativo", "una X"),
    Column("sedes_horarios", "Sedes y horarios de atención", "uno por línea: lugar | horario", many=True),
)
# One column of fees per way, as many entities keep them.
BY_WAY = {
    "monto_presencial": "Presencial", "monto_en_linea": "En línea", "monto_telefono": "Por teléfono", "monto_app": "Aplicación",
}  # fmt: skip
NOT_OFFERED += (
    Column("monto_presencial", "Pago (S/): presencial", "el monto del pago en persona"),
    Column("monto_en_linea", "Pago (S/): en línea", "el monto del pago por internet"),
    Column("monto_telefono", "Pago (S/): por teléfono", "el monto del pago por teléfono"),
    Column("monto_app", "Pago (S/): aplicación", "el monto del pago con la aplicación"),
)
COLUMNS: dict[str, Column] = {column.id: column for column in (*OFFERED, *NOT_OFFERED)}
FEE = ("monto", "gratuito", "detalle_pago", "codigo_pago", "uit", "via", "desde", "hasta")
TERM = ("plazo", "unidad", "detalle_plazo")
IGNORED = {"", "ignorar", "orden"}

# The first that is found names the column, so what is said most exactly stands first.
_KNOWN: tuple[tuple[str, str], ...] = (
    (r"^(n|no|nº|n°|nro|num|numero|item)( de)?( orden)?$", "orden"),
    (r"^(accion|tipo de (cambio|modificacion)|movimiento)$", "accion"),
    (r"^tipo de fila$", "fila"),
    (r"\breemplaz", "reemplazo"),
    (r"^(motivo|sustento|justificacion|razon)\b", "motivo"),
    (r"reconsideracion.*(plazo|dias).*(presenta|interpo)", "reconsideracion_presentar"),
    (r"reconsideracion.*(plazo|dias).*(resol|respu|respond|resuelv)", "reconsideracion_resolver"),
    (r"reconsideracion", "reconsideracion_autoridad"),
    (r"apelacion.*(plazo|dias).*(presenta|interpo)", "apelacion_presentar"),
    (r"apelacion.*(plazo|dias).*(resol|respu|respond|resuelv)", "apelacion_resolver"),
    (r"apelacion", "apelacion_autoridad"),
    (r"(denominacion|nombre|procedimiento).*base legal", "nombre_base_legal"),
    (r"base legal|^normas?( legal(es)?)?$|^marco legal$", "base_legal"),
    (r"codigo (de |del )?(pago|tasa|tributo|concepto)|^cod (pago|tasa|tributo)$", "codigo_pago"),
    (r"formularios?|formatos?\b", "formularios"),
    (r"codigo (del |en el )?tupa|codigo sut|codigo (del )?(procedimiento|pa)$", "codigo_tupa"),
    (r"^(codigo|cod|code|codigo de (la )?ficha)$", "codigo"),
    (r"^requisitos?( codigo)?$|^requisitos (numero|n)?( y)? ?denominacion$|^requisitos\b", "requisitos"),
    (r"\buit\b", "uit"),
    (r"^gratuito|^gratis", "gratuito"),
    (r"modalidad(es)? de pago|medios? de pago|forma de pago", "modalidad"),
    (r"^(detalle|concepto|descripcion) del? (pago|costo|derecho|tasa)", "detalle_pago"),
    (r"^via( (de|del) .*)?$|^(pago|costo|derecho|tasa)\b.* via( .*)?$", "via"),
    (r"(vigente|vigencia|rige|valido) (desde|a partir)|^desde$|^inicio de vigencia$", "desde"),
    (r"(vigente|vigencia|rige|valido) hasta|^hasta$|^fin de vigencia$", "hasta"),
    (r"positivo", "cal_positivo"),
    (r"negativo", "cal_negativo"),
    (r"calificacion automatic[oa]$|^automatic[oa]$|aprobacion automatica$", "cal_automatica"),
    (r"unidad (del |de )?(plazo|medida|tiempo)", "unidad"),
    (r"^detalle del plazo", "detalle_plazo"),
    (r"^plazos?\b|plazo (para resolver|de atencion|maximo)|^tiempo de atencion", "plazo"),
    (r"^calificacion", "calificacion"),
    (r"sedes? y horarios?|lugar(es)? y horarios?", "sedes_horarios"),
    (r"^sedes?\b|^lugar(es)? de atencion|^donde", "sedes"),
    (r"^horarios?\b", "horario"),
    (r"unidad .*(presenta|recep)|^inicio( del)? (procedimiento|tramite)?$|mesa de partes|inicio del procedimiento", "unidad_presenta"),
    (r"unidad .*(aprob|resuelv|responsable)|autoridad (competente|que resuelve)", "unidad_aprueba"),
    (r"anexo", "anexo"),
    (r"telefonos?\b", "telefono"),
    (r"correos?\b|e ?mail", "correo"),
    (r"canal(es)?( de (atencion|recepcion))?", "canales"),
    (r"^tipo\b", "tipo"),
    (r"^(nombre|denominacion|titulo|tramite|procedimiento|servicio)\b", "nombre"),
    (r"^descripcion|^que es|^objeto|^finalidad", "descripcion"),
    (r"^notas?\b|^observaciones|nota para el ciudadano", "notas"),
    (r"(derecho|derechos) de (tramitacion|tramite|pago)|^monto|^costo|^tasas?$|^pago|^precio|^en s$|^tarifa|^importe", "monto"),
    (r"^pasos", "pasos"),
    (r"^quien", "quien"),
    (r"^resultado|^que se (recibe|obtiene)", "resultado"),
    (r"^vigencia (de lo|del resultado|del documento)", "vigencia"),
    (r"^citas?\b", "cita"),
)  # fmt: skip


_FEE = r"\b(derechos?|pagos?|costos?|tasas?|montos?|precios?|tarifas?|importes?|soles|s)\b"
_ABOUT_A_FEE = r"\b(codigos?|cod|uit|modalidad(es)?|medios?|formas?|lugar(es)?|canal(es)?|plazos?|detalle|concepto|via|requisitos?|formularios?)\b"
_WAYS = {
    "monto_presencial": r"\b(presencial(es)?|en persona|ventanillas?|oficinas?|agencias?)\b",
    "monto_en_linea": r"\b(internet|web|en linea|online|virtual(es)?)\b",
    "monto_telefono": r"\b(telefono|telefonic[oa]|llamada)\b",
    "monto_app": r"\b(app|aplicativo|aplicacion movil)\b",
}


def known_as(header: str) -> str:
    """What a header is compared by: lower case, no accents, no punctuation."""
    return " ".join(re.sub(r"[^\w°º%ñ]+", " ", fold(header).replace("%", " ")).split())


_LABELS = {known_as(column.label): column.id for column in COLUMNS.values()}
_IDS = {known_as(identifier): identifier for identifier in COLUMNS}


def column_of(header: str) -> str:
    """The id of the column a header means; empty where it means none we know."""
    name = known_as(header)
    if not name or len(name) > 160:
        return ""
    exact = _LABELS.get(name) or _IDS.get(name)
    found = (
        exact
        or _fee_by_way(name)
        or next((found for pattern, found in _KNOWN if re.search(pattern, name)), "")
    )
    # Below a group called «Procedimiento» any column may stand: what is written nearest to the cells says which.
    group, _, own = header.rpartition(" / ")
    return (column_of(own) if group and found == "nombre" else "") or found


def _fee_by_way(name: str) -> str:
    return way_of(name) if re.search(_FEE, name) and not re.search(_ABOUT_A_FEE, name) else ""


def way_of(header: str) -> str:
    """The column of the fees of the one way a header names; empty where it names none, or several."""
    name = known_as(header)
    found = [identifier for identifier, pattern in _WAYS.items() if re.search(pattern, name)]
    return found[0] if len(found) == 1 else ""


def is_label(header: str) -> bool:
    """Whether a header is one of our own, so that nobody needs to be asked what it means."""
    return known_as(header) in _LABELS or known_as(header) in _IDS
