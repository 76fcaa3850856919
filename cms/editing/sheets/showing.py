"""A ficha as rows of a sheet: what the template is filled with and what an unchanged cell is known by."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from cms.tramites.schema import (
    Aspecto,
    Calificacion,
    Canal,
    Confianza,
    Costo,
    Ficha,
    Formulario,
    Norma,
    Paso,
    Plazo,
    Recurso,
    Requisito,
    Tipo,
    Unidad,
    Via,
)
from lenguas.dates import money

Value = str | Decimal | date | int
Row = dict[str, Value]

POR_CONFIRMAR = "por confirmar"
BORRAR = "borrar"
GRATUITO = "gratuito"
PRESENTA, APRUEBA = "Se presenta en: ", "Aprueba: "
VIA = {
    Via.PRESENCIAL: "Presencial",
    Via.EN_LINEA: "En línea",
    Via.TELEFONO: "Por teléfono",
    Via.APP: "Aplicación",
}
UNIDAD = {
    Unidad.DIAS_HABILES: "días hábiles", Unidad.DIAS_CALENDARIO: "días calendario", Unidad.HORAS: "horas",
    Unidad.MINUTOS: "minutos", Unidad.MESES: "meses", Unidad.ANIOS: "años",
}  # fmt: skip
_SINGULAR = {
    Unidad.DIAS_HABILES: "día hábil", Unidad.DIAS_CALENDARIO: "día calendario", Unidad.HORAS: "hora",
    Unidad.MINUTOS: "minuto", Unidad.MESES: "mes", Unidad.ANIOS: "año",
}  # fmt: skip
TIPO = {
    Tipo.PROCEDIMIENTO: "Procedimiento",
    Tipo.EXCLUSIVO: "Servicio prestado en exclusividad",
    Tipo.NO_EXCLUSIVO: "Servicio no exclusivo",
}
CALIFICACION = {
    Calificacion.AUTOMATICA: "Aprobación automática",
    Calificacion.SILENCIO_POSITIVO: "Evaluación previa con silencio positivo",
    Calificacion.SILENCIO_NEGATIVO: "Evaluación previa con silencio negativo",
    Calificacion.NO_APLICA: "No aplica",
}
KIND = {"pago": "pago", "dato": "dato", "foto": "foto", "condicion": "condición"}
# Columns that are the prose of an aspect and nothing else.
PROSE = {
    "descripcion": Aspecto.DESCRIPCION, "notas": Aspecto.REQUISITOS, "modalidad": Aspecto.COSTO, "sedes": Aspecto.DONDE,
    "horario": Aspecto.HORARIO, "quien": Aspecto.QUIEN, "resultado": Aspecto.RESULTADO, "vigencia": Aspecto.VIGENCIA,
    "cita": Aspecto.CITA,
}  # fmt: skip
# Columns one thing per line, by the aspect they tell.
LISTS = {
    "requisitos": Aspecto.REQUISITOS, "pasos": Aspecto.PASOS, "canales": Aspecto.CANALES,
    "base_legal": Aspecto.BASE_LEGAL, "formularios": Aspecto.FORMULARIOS,
}  # fmt: skip


def rows_of(ficha: Ficha) -> Iterator[Row]:
    """Its first row with everything, then one for each further fee and term."""
    facts = ficha.hechos
    main: Row = {"fila": "ficha", "codigo": facts.codigo, "codigo_tupa": facts.codigo_tupa}
    main |= {column: show(ficha) for column, show in SHOWN.items()}
    terms = list(facts.plazos)
    if facts.costos:
        main |= fee(ficha, facts.costos[0])
    # The days of a ficha's row are those of its fee, so a term with days of its own needs a row of its own.
    if terms and not (terms[0].desde or terms[0].hasta):
        main |= term(ficha, terms.pop(0))
    yield _said(main)
    for cost in facts.costos[1:]:
        yield _said({"fila": "costo", "codigo": facts.codigo, **fee(ficha, cost)})
    for limit in terms:
        yield _said({"fila": "plazo", "codigo": facts.codigo, **term(ficha, limit)})


def _said(row: Row) -> Row:
    return {column: value for column, value in row.items() if value != ""}


def fee(ficha: Ficha, row: Costo) -> Row:
    value: Value = GRATUITO if row.gratuito else POR_CONFIRMAR if row.monto is None else row.monto
    told: Row = {
        "monto": value,
        "detalle_pago": fee_sentence(ficha.es.get(f"costos.{row.clave}", ""), row),
        "codigo_pago": row.codigo_pago,
        "uit": "" if row.uit_porcentaje is None else row.uit_porcentaje,
        "via": VIA[row.via] if row.via else "",
    }
    return told | _days(row)


def term(ficha: Ficha, row: Plazo) -> Row:
    value: Value = "el mismo día" if row.en_el_dia else POR_CONFIRMAR
    if row.valor is not None:
        value = f"{row.valor} a {row.valor_max}" if row.valor_max else row.valor
    told: Row = {
        "plazo": value,
        "unidad": UNIDAD[row.unidad] if row.unidad else "",
        "detalle_plazo": term_sentence(ficha.es.get(f"plazos.{row.clave}", ""), row),
    }
    return told | _days(row)


def _days(row: Costo | Plazo) -> Row:
    return {"desde": row.desde or "", "hasta": row.hasta or ""}


def fee_sentence(sentence: str, row: Costo) -> str:
    """The sentence with its figures, as the citizen reads it."""
    figure = "Gratuito" if row.gratuito else "Monto por confirmar" if row.monto is None else money(row.monto)
    return _flat(sentence.replace("{monto}", figure).replace("{codigo_pago}", row.codigo_pago))


def term_sentence(sentence: str, row: Plazo) -> str:
    return _flat(sentence.replace("{plazo}", figure_of_term(row)))


def figure_of_term(row: Plazo) -> str:
    """`5 días hábiles`, as the citizen reads it in Spanish."""
    if row.en_el_dia:
        return "El mismo día"
    if row.valor is None or row.unidad is None:
        return "Plazo por confirmar"
    number = row.valor_max or row.valor
    unit = (_SINGULAR if number == 1 else UNIDAD)[row.unidad]
    return f"{row.valor} a {row.valor_max} {unit}" if row.valor_max else f"{row.valor} {unit}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def requirement(ficha: Ficha, row: Requisito) -> str:
    marks = [KIND.get(row.tipo, ""), "" if row.obligatorio else "opcional", _via_mark(row.via)]
    return _marked(ficha.es[f"requisitos.{row.clave}"], marks)


def step(ficha: Ficha, row: Paso) -> str:
    return _marked(ficha.es[f"pasos.{row.clave}"], [_via_mark(row.via)])


def _via_mark(via: Via | None) -> str:
    return VIA[via].lower() if via else ""


def _marked(text: str, marks: Iterable[str]) -> str:
    said = ", ".join(mark for mark in marks if mark)
    return f"{_flat(text)} [{said}]" if said else _flat(text)


def channel(ficha: Ficha, row: Canal) -> str:
    text = _flat(ficha.es.get(f"canales.{row.clave}", ""))
    booked = {True: "con cita", False: "sin cita", None: ""}[row.con_cita]
    head = f"{VIA[row.via]}: {text}" if text else VIA[row.via]
    return _piped(head, row.url, f"tel. {row.telefono}" if row.telefono else "", booked)


def _piped(*parts: str) -> str:
    return " | ".join(part for part in parts if part)


def norm(row: Norma) -> str:
    published = f"{row.fecha_publicacion:%d/%m/%Y}" if row.fecha_publicacion else ""
    return _columns(row.norma, row.articulo, row.titulo, published, row.url)


def form(row: Formulario) -> str:
    return _columns(row.nombre, row.codigo, row.url)


def _columns(*parts: str) -> str:
    """Parts in their places: those left out between others leave their bar."""
    return " | ".join(_flat(part) for part in parts).rstrip(" |")


def _list(lines: Callable[[Ficha], Iterable[str]], aspecto: Aspecto) -> Callable[[Ficha], str]:
    return lambda ficha: "\n".join(lines(ficha)) or _blank(ficha, aspecto)


def _prose(aspecto: Aspecto) -> Callable[[Ficha], str]:
    def show(ficha: Ficha) -> str:
        text = _flat(ficha.es.get(aspecto, ""))
        return text or ("" if _has_rows(ficha, aspecto) else _blank(ficha, aspecto))

    return show


def _has_rows(ficha: Ficha, aspecto: Aspecto) -> bool:
    """Whether the aspect is told, or blank, in another column."""
    return aspecto in (Aspecto.REQUISITOS, Aspecto.COSTO)


def _blank(ficha: Ficha, aspecto: Aspecto) -> str:
    """`por confirmar` where somebody has said that it is not known; silence where nobody has."""
    evidence = ficha.hechos.evidencia.get(aspecto)
    said = evidence and evidence.confianza is Confianza.SIN_DATO and (evidence.fuente or evidence.vista)
    return POR_CONFIRMAR if said else ""


def unit_named(ficha: Ficha, prefix: str) -> str:
    units = [row.valor for row in ficha.hechos.contactos if row.tipo == "unidad"]
    return next((_flat(value.removeprefix(prefix)) for value in units if value.startswith(prefix)), "")


def contacts(ficha: Ficha, kind: str) -> list[str]:
    """One per line; the extension of a single telephone has a column of its own."""
    rows = [row for row in ficha.hechos.contactos if row.tipo == kind]
    if len(rows) == 1:
        return [rows[0].valor]
    return [f"{row.valor} anexo {row.anexo}" if row.anexo else row.valor for row in rows]


def _extension(ficha: Ficha) -> str:
    rows = [row for row in ficha.hechos.contactos if row.tipo == "telefono"]
    return rows[0].anexo if len(rows) == 1 else ""


def appeal(ficha: Ficha, kind: str) -> Recurso | None:
    return next((row for row in ficha.hechos.recursos if row.tipo == kind), None)


def _appeal(kind: str, name: str) -> Callable[[Ficha], str]:
    def show(ficha: Ficha) -> str:
        row = appeal(ficha, kind)
        return _flat(str(getattr(row, name) or "")) if row else ""

    return show


SHOWN: dict[str, Callable[[Ficha], str]] = {
    "nombre": lambda ficha: _flat(ficha.es["nombre"]),
    "tipo": lambda ficha: TIPO.get(ficha.hechos.tipo, ""),
    "calificacion": lambda ficha: CALIFICACION.get(ficha.hechos.calificacion, ""),
    **{column: _prose(aspecto) for column, aspecto in PROSE.items()},
    "requisitos": _list(lambda f: (requirement(f, row) for row in f.hechos.requisitos), Aspecto.REQUISITOS),
    "pasos": _list(lambda f: (step(f, row) for row in f.hechos.pasos), Aspecto.PASOS),
    "canales": _list(lambda f: (channel(f, row) for row in f.hechos.canales), Aspecto.CANALES),
    "base_legal": _list(lambda f: (norm(row) for row in f.hechos.base_legal), Aspecto.BASE_LEGAL),
    "formularios": _list(lambda f: (form(row) for row in f.hechos.formularios), Aspecto.FORMULARIOS),
    "unidad_presenta": lambda ficha: unit_named(ficha, PRESENTA),
    "unidad_aprueba": lambda ficha: unit_named(ficha, APRUEBA),
    "telefono": lambda ficha: "\n".join(contacts(ficha, "telefono")),
    "anexo": _extension,
    "correo": lambda ficha: "\n".join(contacts(ficha, "correo")),
    **{
        f"{kind}_{column}": _appeal(kind, name)
        for kind in ("reconsideracion", "apelacion")
        for column, name in (("autoridad", "autoridad"), ("presentar", "presentar_dias"), ("resolver", "resolver_dias"))
    },
}  # fmt: skip
