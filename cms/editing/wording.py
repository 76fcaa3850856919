"""A ficha as lines people can compare: one per field, under the label of the official ficha.

A line's key says what it is about for ever (`costos.en-linea`), so that two states of a ficha can be laid side by side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import translation

from cms.tramites.schema import (
    Aspecto,
    Calificacion,
    Canal,
    Cita,
    Confianza,
    Costo,
    Evidencia,
    Ficha,
    Hechos,
    InForce,
    Nivel,
    Plazo,
    Publico,
    Recurso,
    Requisito,
    Tipo,
    Via,
    Vigencia,
)
from cms.ui.formats import money, partial_date, term

VIAS = {
    Via.PRESENCIAL: "en persona",
    Via.EN_LINEA: "por internet",
    Via.TELEFONO: "por teléfono",
    Via.APP: "con la aplicación",
}
TIPOS = {
    Tipo.PROCEDIMIENTO: "Procedimiento",
    Tipo.EXCLUSIVO: "Servicio prestado en exclusividad",
    Tipo.NO_EXCLUSIVO: "Servicio no exclusivo",
    Tipo.POR_CONFIRMAR: "Por confirmar",
}
NIVELES = {Nivel.COMPLETA: "Completa", Nivel.BASICA: "Básica"}
CALIFICACIONES = {
    Calificacion.AUTOMATICA: "Aprobación automática",
    Calificacion.SILENCIO_POSITIVO: "Evaluación previa, silencio positivo",
    Calificacion.SILENCIO_NEGATIVO: "Evaluación previa, silencio negativo",
    Calificacion.NO_APLICA: "No aplica: es un servicio",
    Calificacion.POR_CONFIRMAR: "Por confirmar",
}
CONFIANZAS = {
    Confianza.ALTA: "confianza alta",
    Confianza.MEDIA: "confianza media",
    Confianza.BAJA: "confianza baja",
    Confianza.SIN_DATO: "sin dato",
}
# What an aspect is called on the official ficha, where it has a field of its own there.
CAMPOS: dict[Aspecto, str] = {
    Aspecto.DESCRIPCION: "Descripción",
    Aspecto.REQUISITOS: "Requisitos",
    Aspecto.COSTO: "Pago por derecho de tramitación",
    Aspecto.PLAZO: "Plazo",
    Aspecto.PASOS: "Pasos",
    Aspecto.DONDE: "Sedes de atención",
    Aspecto.HORARIO: "Horario de atención",
    Aspecto.CANALES: "Canales de atención",
    Aspecto.CITA: "Cita",
    Aspecto.QUIEN: "Quién puede hacerlo",
    Aspecto.RESULTADO: "Resultado",
    Aspecto.VIGENCIA: "Vigencia del resultado",
    Aspecto.CALIFICACION: "Calificación",
    Aspecto.RECURSOS: "Instancias de resolución de recursos",
    Aspecto.BASE_LEGAL: "Base legal",
    Aspecto.FORMULARIOS: "Formularios",
    Aspecto.CONTACTO: "Consulta",
}


@dataclass(frozen=True, slots=True)
class Line:
    aspecto: Aspecto | None
    campo: str
    texto: str


Keyed = tuple[str, Line]


def lines(ficha: Ficha | None) -> dict[str, Line]:
    """Every field of `ficha` that says something, by its key, in the order of the official ficha."""
    if ficha is None:
        return {}
    with translation.override("es"):
        told = [*_head(ficha), *_prose(ficha), *_worded_rows(ficha), *_plain_facts(ficha.hechos)]
        told += [*_plain_rows(ficha.hechos), *_evidence(ficha.hechos)]
    return {key: line for key, line in told if line.texto}


def _head(ficha: Ficha) -> Iterator[Keyed]:
    facts = ficha.hechos
    said = (
        ("nombre", "Denominación", ficha.es["nombre"]),
        ("codigo_tupa", "Código", facts.codigo_tupa),
        ("tipo", "Tipo", TIPOS[facts.tipo]),
        ("nivel", "Nivel de la ficha", NIVELES[facts.nivel]),
        ("publico", "Dirigido a", ", ".join("empresas" if p is Publico.EMPRESAS else "personas" for p in facts.publico)),
        ("temas", "Temas", ", ".join(facts.temas)),
        ("pagina_oficial", "Página oficial", facts.pagina_oficial),
        ("alias_es", "Otros nombres", "\n".join(facts.alias.es)),
        ("alias_qu", "Otros nombres en quechua", "\n".join(facts.alias.qu)),
        ("servicios_2023", "Filas en la lista de 2023", ", ".join(str(row) for row in facts.servicios_2023)),
    )  # fmt: skip
    for key, campo, texto in said:
        yield key, Line(Aspecto.DESCRIPCION if key == "nombre" else None, campo, texto)


def _prose(ficha: Ficha) -> Iterator[Keyed]:
    for aspecto in Aspecto:
        yield str(aspecto), Line(aspecto, f"{CAMPOS[aspecto]}: nota" if _has_rows(aspecto) else CAMPOS[aspecto],
                                 ficha.es.get(aspecto, ""))  # fmt: skip
        yield (
            f"duda.{aspecto}",
            Line(aspecto, f"{CAMPOS[aspecto]}: por confirmar", ficha.es.get(f"duda.{aspecto}", "")),
        )


def _has_rows(aspecto: Aspecto) -> bool:
    """Whether the facts of the aspect stand in fields of their own, so that its prose is only a note to them."""
    return aspecto not in {Aspecto.DESCRIPCION, Aspecto.HORARIO, Aspecto.QUIEN, Aspecto.RESULTADO}


def _worded_rows(ficha: Ficha) -> Iterator[Keyed]:
    facts, words = ficha.hechos, ficha.es
    for number, row in enumerate(facts.requisitos, 1):
        text = _with(words.get(f"requisitos.{row.clave}", ""), _requirement(row))
        yield f"requisitos.{row.clave}", Line(Aspecto.REQUISITOS, f"Requisito {number}", text)
    for fee in facts.costos:
        campo = _named("Pago por derecho de tramitación", VIAS.get(fee.via) if fee.via else "")
        yield from _figure(Aspecto.COSTO, f"costos.{fee.clave}", campo, _fee(fee), words)
    for limit in facts.plazos:
        yield from _figure(Aspecto.PLAZO, f"plazos.{limit.clave}", "Plazo", _term(limit), words)
    for number, step in enumerate(facts.pasos, 1):
        text = _with(words.get(f"pasos.{step.clave}", ""), [_only(step.via)])
        yield f"pasos.{step.clave}", Line(Aspecto.PASOS, f"Paso {number}", text)
    for way in facts.canales:
        text = _with(words.get(f"canales.{way.clave}", ""), _channel(way))
        yield f"canales.{way.clave}", Line(Aspecto.CANALES, _named("Canal de atención", VIAS[way.via]), text)


def _figure(aspecto: Aspecto, key: str, campo: str, figure: str, words: dict[str, str]) -> Iterator[Keyed]:
    yield key, Line(aspecto, campo, figure)
    yield f"{key}.texto", Line(aspecto, f"{campo}: frase", words.get(key, ""))


def _named(campo: str, of_which: str | None) -> str:
    return f"{campo} ({of_which})" if of_which else campo


def _with(text: str, facts: Iterable[str]) -> str:
    said = [fact for fact in facts if fact]
    if not text:
        return "; ".join(said)
    return f"{text} [{'; '.join(said)}]" if said else text


def _only(via: Via | None) -> str:
    return f"solo {VIAS[via]}" if via else ""


def _requirement(row: Requisito) -> list[str]:
    return [
        "" if row.tipo == "documento" else row.tipo.replace("condicion", "condición"),
        "" if row.obligatorio else "opcional",
        _only(row.via),
    ]


def _fee(row: Costo) -> str:
    figure = "Gratuito" if row.gratuito else "Monto por confirmar" if row.monto is None else money(row.monto)
    parts = [
        figure,
        f"código de pago {row.codigo_pago}" if row.codigo_pago else "",
        f"{row.uit_porcentaje} % de la UIT" if row.uit_porcentaje is not None else "",
        _period(row),
    ]
    return ", ".join(part for part in parts if part)


def _term(row: Plazo) -> str:
    figure = "El mismo día" if row.en_el_dia else "Plazo por confirmar"
    if row.valor is not None and row.unidad is not None:
        figure = term(row.valor, row.unidad, row.valor_max)
    return ", ".join(part for part in (figure, _period(row)) if part)


def _period(row: InForce) -> str:
    days = [f"{word} el {day:%d/%m/%Y}" for word, day in (("desde", row.desde), ("hasta", row.hasta)) if day]
    return " ".join(days)


def _channel(row: Canal) -> list[str]:
    booked = {True: "con cita", False: "sin cita", None: ""}[row.con_cita]
    return [row.url, row.telefono, booked]


def _plain_facts(facts: Hechos) -> Iterator[Keyed]:
    yield "sedes", Line(Aspecto.DONDE, "Sedes de atención", "\n".join(facts.sedes))
    yield "cita_hechos", Line(Aspecto.CITA, "Cita", _appointment(facts.cita))
    yield "vigencia_hechos", Line(Aspecto.VIGENCIA, "Vigencia del resultado", _validity(facts.vigencia))
    yield (
        "calificacion_hechos",
        Line(Aspecto.CALIFICACION, "Calificación", CALIFICACIONES[facts.calificacion]),
    )


def _appointment(cita: Cita) -> str:
    needed = {True: "Necesita cita", False: "No necesita cita", None: ""}[cita.requerida]
    return ", ".join(part for part in (needed, cita.url, cita.telefono) if part)


def _validity(vigencia: Vigencia | None) -> str:
    if vigencia is None:
        return ""
    if vigencia.indefinida:
        return "No vence"
    return term(vigencia.valor, vigencia.unidad) if vigencia.valor and vigencia.unidad else ""


def _plain_rows(facts: Hechos) -> Iterator[Keyed]:
    lists: tuple[tuple[Aspecto, str, str, list[tuple[str, str]]], ...] = (
        (Aspecto.DONDE, "oficinas", "Entidad y unidad que lo ofrece", [
            (f"{row.entidad} {row.unidad}", _joined(row.entidad, row.unidad)) for row in facts.oficinas
        ]),
        (Aspecto.RECURSOS, "recursos", "Recurso", [(row.tipo, _appeal(row)) for row in facts.recursos]),
        (Aspecto.BASE_LEGAL, "base_legal", "Base legal", [
            (f"{row.norma} {row.articulo}", _joined(
                row.norma, row.articulo, row.titulo,
                f"publicada el {row.fecha_publicacion:%d/%m/%Y}" if row.fecha_publicacion else "", row.url,
            )) for row in facts.base_legal
        ]),
        (Aspecto.FORMULARIOS, "formularios", "Formulario", [
            (row.nombre, _joined(row.nombre, row.codigo, row.url)) for row in facts.formularios
        ]),
        (Aspecto.CONTACTO, "contactos", "Consulta", [
            (f"{row.tipo} {row.valor}", _joined(row.valor, row.anexo and f"anexo {row.anexo}"))
            for row in facts.contactos
        ]),
    )  # fmt: skip
    for aspecto, name, campo, rows in lists:
        seen: dict[str, int] = {}
        for key, text in rows:
            # The same key twice is two rows: told apart by their order.
            seen[key] = seen.get(key, 0) + 1
            yield f"{name}.{key}.{seen[key]}", Line(aspecto, campo, text)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _appeal(row: Recurso) -> str:
    name = "Reconsideración" if row.tipo == "reconsideracion" else "Apelación"
    return _joined(
        name,
        f"se presenta en {term(row.presentar_dias, 'dias_habiles')}" if row.presentar_dias else "",
        f"se resuelve en {term(row.resolver_dias, 'dias_habiles')}" if row.resolver_dias else "",
        f"resuelve {row.autoridad}" if row.autoridad else "",
    )


def _evidence(facts: Hechos) -> Iterator[Keyed]:
    for aspecto in Aspecto:
        if aspecto in facts.evidencia:
            yield (
                f"evidencia.{aspecto}",
                Line(aspecto, f"{CAMPOS[aspecto]}: respaldo", _source(facts.evidencia[aspecto])),
            )


def _source(evidence: Evidencia) -> str:
    seen = f"leída el {partial_date(evidence.vista.isoformat(), 'es')}" if evidence.vista else ""
    # A source is often named by its date: said once, and as a date people read.
    source = evidence.fuente.removesuffix(evidence.fecha).rstrip(" ,")
    day = partial_date(evidence.fecha, "es") if evidence.fecha else ""
    return _joined(CONFIANZAS[evidence.confianza], source, day, evidence.fuente_url, seen)
