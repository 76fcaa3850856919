"""A ficha as linked data: CPSV-AP 3.2 (cpsv:PublicService) and schema.org (GovernmentService), context inline.

What the vocabularies cannot say (working days, administrative silence, doubt) stands under `mac:`. Amounts are
written from their decimal strings, never through floating point.
"""

import json
from datetime import date
from typing import Any

from django.conf import settings

from cms.directory.hours import LIMA
from cms.tramites.answers import answer
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Confianza, Costo, Ficha, Plazo, Unidad

CONTENT_TYPE = "application/ld+json"
CURRENCY = "http://publications.europa.eu/resource/authority/currency/PEN"
LANGUAGES = {
    "es": "http://publications.europa.eu/resource/authority/language/SPA",
    "qu": "http://publications.europa.eu/resource/authority/language/QUE",
}
# xsd:duration knows calendar time only, so working days are left to mac:plazo.
DURATIONS = {
    Unidad.MINUTOS: "PT{}M",
    Unidad.HORAS: "PT{}H",
    Unidad.DIAS_CALENDARIO: "P{}D",
    Unidad.MESES: "P{}M",
    Unidad.ANIOS: "P{}Y",
}
CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, Any]


def linked_data(published: Published, locale: str, on: date) -> str:
    """One JSON-LD document of what is in force on the day `on`: the service, its schema.org twin, their nodes."""
    base = f"{settings.PUBLIC_URL}/es/tramites/{published.codigo}/"
    referred = _referred(published.ficha, base, on)
    graph = [
        _service(published, base, referred, on),
        _authority(published, base),
        *(row for rows in referred.values() for row in rows),
        _government_service(published, base, locale, on),
    ]
    return json.dumps({"@context": _context(), "@graph": graph}, ensure_ascii=False)


def _context() -> dict[str, str]:
    # Our own terms are under the address where this very portal is: no other name is ours to give.
    return {**CONTEXT, "mac": f"{settings.PUBLIC_URL}/ns#"}


def _service(published: Published, base: str, referred: dict[str, list[Node]], on: date) -> Node:
    ficha = published.ficha
    node: Node = {
        "@id": base,
        "@type": "cpsv:PublicService",
        "dct:identifier": published.codigo,
        "dct:title": _texts(ficha, "nombre"),
        "dct:description": _described(published),
        "cv:hasCompetentAuthority": {"@id": f"{base}#entidad"},
        "dct:language": [{"@id": address} for address in LANGUAGES.values()],
        "mac:revision": published.revision,
        "mac:confianza": {a.value: ficha.hechos.evidence_of(a).confianza.value for a in Aspecto},
    }
    for name, rows in referred.items():
        if rows:
            node[name] = [{"@id": row["@id"]} for row in rows]
    if duration := _duration(ficha, on):
        node["cv:processingTime"] = {"@value": duration, "@type": "xsd:duration"}
    return node


def _texts(ficha: Ficha, key: str) -> list[Node]:
    texts = [{"@value": ficha.es[key], "@language": "es"}] if key in ficha.es else []
    if key in ficha.qu and not ficha.is_stale(key):
        texts.append({"@value": ficha.qu[key].texto, "@language": "qu"})
    return texts


def _described(published: Published) -> list[Node]:
    return _texts(published.ficha, "descripcion") or _texts(published.ficha, "nombre")


def _authority(published: Published, base: str) -> Node:
    entidad = published.tramite.entidad
    return {
        "@id": f"{base}#entidad",
        "@type": ["cv:PublicOrganisation", "schema:GovernmentOrganization"],
        "dct:identifier": entidad.codigo,
        "skos:prefLabel": {"@value": entidad.nombre, "@language": "es"},
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/PER"},
        "schema:name": entidad.nombre,
    }


def _known(ficha: Ficha, aspecto: Aspecto) -> bool:
    return ficha.hechos.evidence_of(aspecto).confianza is not Confianza.SIN_DATO


def _fees(ficha: Ficha, on: date) -> list[Costo]:
    """Those in force, of which the amount is known and somebody stands behind it."""
    if not _known(ficha, Aspecto.COSTO):
        return []
    return [row for row in ficha.hechos.costos if row.in_force(on) and not row.por_confirmar]


def _referred(ficha: Ficha, base: str, on: date) -> dict[str, list[Node]]:
    """The nodes a service points to, by property; only of aspects that somebody stands behind."""
    facts = ficha.hechos
    return {
        "cv:holdsRequirement": [
            {
                "@id": f"{base}#requisitos.{row.clave}",
                "@type": "cv:Requirement",
                "dct:identifier": row.clave,
                "dct:title": _texts(ficha, f"requisitos.{row.clave}"),
            }
            for row in facts.requisitos
            if _known(ficha, Aspecto.REQUISITOS)
        ],
        "cv:hasCost": [_cost(row, ficha, base) for row in _fees(ficha, on)],
        "cv:hasChannel": [
            {
                "@id": f"{base}#canales.{row.clave}",
                "@type": ["cv:Channel", "schema:ServiceChannel"],
                "dct:identifier": row.clave,
                "mac:via": str(row.via),
                **({"schema:serviceUrl": {"@id": row.url}} if row.url else {}),
            }
            for row in facts.canales
            if _known(ficha, Aspecto.CANALES)
        ],
        "cv:hasLegalResource": [
            {"@id": f"{base}#norma.{number}", "@type": "eli:LegalResource", "dct:title": row.norma}
            for number, row in enumerate(facts.base_legal)
        ],
    }


def _cost(row: Costo, ficha: Ficha, base: str) -> Node:
    node: Node = {
        "@id": f"{base}#costos.{row.clave}",
        "@type": "cv:Cost",
        "dct:identifier": row.clave,
        "cv:hasValue": {"@value": str(row.monto or "0.00"), "@type": "xsd:double"},
        "cv:currency": {"@id": CURRENCY},
        "mac:monto": str(row.monto or "0.00"),
    }
    channel = next((c for c in ficha.hechos.canales if c.via == row.via), None)
    if channel and _known(ficha, Aspecto.CANALES):
        node["cv:ifAccessedThrough"] = {"@id": f"{base}#canales.{channel.clave}"}
    return node


def _duration(ficha: Ficha, on: date) -> str | None:
    """The one term there is, where it is calendar time; several terms are not one duration."""
    rows: list[Plazo] = [row for row in ficha.hechos.plazos if row.in_force(on)]
    if len(rows) != 1 or not _known(ficha, Aspecto.PLAZO) or rows[0].unidad not in DURATIONS:
        return None
    return DURATIONS[rows[0].unidad].format(rows[0].valor_max or rows[0].valor)


def _government_service(published: Published, base: str, locale: str, on: date) -> Node:
    ficha = published.ficha
    needed = answer(published, Aspecto.REQUISITOS, locale, on)
    supplies = [item for block in needed.bloques if block.tipo == "lista" for item in block.items]
    offers = [
        {"@type": "schema:Offer", "schema:price": str(row.monto or "0.00"), "schema:priceCurrency": "PEN"}
        for row in _fees(ficha, on)
    ]
    return {
        "@id": f"{base}#servicio",
        "@type": "schema:GovernmentService",
        "schema:identifier": published.codigo,
        "schema:name": _texts(ficha, "nombre"),
        "schema:description": _described(published),
        "schema:provider": {"@id": f"{base}#entidad"},
        "schema:serviceOperator": {"@id": f"{base}#entidad"},
        "schema:areaServed": "PE",
        "schema:url": {"@id": base},
        "schema:dateModified": published.version.at.astimezone(LIMA).isoformat(),
        **({"schema:offers": offers} if offers else {}),
        **({"schema:subjectOf": _how_to(ficha, supplies)} if supplies else {}),
        **(
            {"schema:isRelatedTo": {"@id": ficha.hechos.pagina_oficial}}
            if ficha.hechos.pagina_oficial
            else {}
        ),
        "schema:availableChannel": [
            {"@id": f"{base}#canales.{row.clave}"}
            for row in ficha.hechos.canales
            if _known(ficha, Aspecto.CANALES)
        ],
    }


def _how_to(ficha: Ficha, supplies: list[str]) -> Node:
    """schema.org has no property for what one must bring, but a HowTo has supplies."""
    return {
        "@type": "schema:HowTo",
        "schema:name": ficha.es["nombre"],
        "schema:supply": [{"@type": "schema:HowToSupply", "schema:name": name} for name in supplies],
    }
