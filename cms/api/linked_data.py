"""A ficha as linked data: CPSV-AP 3.2 (cpsv:PublicService) and schema.org (GovernmentService), context inline.

What the vocabularies cannot say (working days, administrative silence, appeals, dates in force, doubt and what
stands behind each aspect) is under `mac:`, described in docs/api.md. Amounts are written from their decimal strings,
never through floating point.
"""

import json
from datetime import date
from typing import Any

from django.conf import settings

from cms.directory.hours import LIMA
from cms.tramites.answers import answer
from cms.tramites.queries import Published
from cms.tramites.schema import (
    Aspecto,
    Calificacion,
    Confianza,
    Costo,
    Ficha,
    Hechos,
    InForce,
    Plazo,
    Recurso,
    Unidad,
)

CONTENT_TYPE = "application/ld+json"
CURRENCY = "http://publications.europa.eu/resource/authority/currency/PEN"
PERU = "http://publications.europa.eu/resource/authority/country/PER"
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
CONTACT_TERMS = {"telefono": "cv:telephone", "correo": "cv:email"}
CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
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
        *_vocabulary(),
        _government_service(published, base, locale, on),
    ]
    return json.dumps({"@context": _context(), "@graph": graph}, ensure_ascii=False)


def _vocabulary() -> list[Node]:
    """What others define and we point to, with its class, so that the document can be checked without a network."""
    return [
        *({"@id": address, "@type": "dct:LinguisticSystem"} for address in LANGUAGES.values()),
        {"@id": PERU, "@type": "dct:Location"},
        {"@id": CURRENCY, "@type": "skos:Concept", "skos:notation": "PEN"},
    ]


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
        "mac:respaldo": [_backing(ficha.hechos, aspecto) for aspecto in Aspecto],
        **_what_the_vocabulary_lacks(ficha, base, on),
    }
    if published.retiro and published.retiro.at:
        node["mac:retirado"] = published.retiro.at.astimezone(LIMA).isoformat()
    for name, rows in referred.items():
        if rows:
            node[name] = [{"@id": row["@id"]} for row in rows]
    if duration := _duration(ficha, on):
        node["cv:processingTime"] = {"@value": duration, "@type": "xsd:duration"}
    return node


def _backing(facts: Hechos, aspecto: Aspecto) -> Node:
    """How sure an aspect is, and who says it, of when."""
    evidence = facts.evidence_of(aspecto)
    told = {"mac:fuente": evidence.fuente, "mac:fecha": evidence.fecha, "mac:fuenteUrl": evidence.fuente_url}
    return {
        "@type": "mac:Respaldo",
        "mac:aspecto": str(aspecto),
        "mac:confianza": str(evidence.confianza),
        **{name: value for name, value in told.items() if value},
    }


def _what_the_vocabulary_lacks(ficha: Ficha, base: str, on: date) -> Node:
    facts, node = ficha.hechos, Node()
    if _known(ficha, Aspecto.PLAZO):
        rows = [row for row in facts.plazos if row.in_force(on) and not row.por_confirmar]
        node["mac:plazo"] = [_term(row, base) for row in rows]
    if _known(ficha, Aspecto.CALIFICACION) and facts.calificacion is not Calificacion.POR_CONFIRMAR:
        node["mac:calificacion"] = str(facts.calificacion)
    if _known(ficha, Aspecto.RECURSOS):
        node["mac:recurso"] = [_appeal(row) for row in facts.recursos]
    return {name: value for name, value in node.items() if value}


def _term(row: Plazo, base: str) -> Node:
    told = {
        "mac:valor": row.valor,
        "mac:valorMaximo": row.valor_max,
        "mac:unidad": str(row.unidad) if row.unidad else None,
        "mac:enElDia": row.en_el_dia or None,
    }
    known = {name: value for name, value in told.items() if value is not None}
    return {"@id": f"{base}#plazos.{row.clave}", "@type": "mac:Plazo", **known, **_in_force(row)}


def _in_force(row: InForce) -> Node:
    days = {"mac:desde": row.desde, "mac:hasta": row.hasta}
    return {name: {"@value": str(day), "@type": "xsd:date"} for name, day in days.items() if day}


def _appeal(row: Recurso) -> Node:
    told = {
        "mac:tipo": row.tipo,
        "mac:autoridad": row.autoridad,
        "mac:presentarDiasHabiles": row.presentar_dias,
        "mac:resolverDiasHabiles": row.resolver_dias,
    }
    return {"@type": "mac:Recurso", **{name: value for name, value in told.items() if value}}


def _texts(ficha: Ficha, key: str) -> list[Node]:
    texts = [{"@value": ficha.es[key], "@language": "es"}] if key in ficha.es else []
    if translated := ficha.quechua(key):
        texts.append({"@value": translated, "@language": "qu"})
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
        "dct:spatial": {"@id": PERU},
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
        "cpsv:produces": _outputs(ficha, base),
        "cv:contactPoint": _contacts(ficha, base),
        "cv:hasLegalResource": [
            {"@id": f"{base}#norma.{number}", "@type": "eli:LegalResource", "dct:title": row.norma}
            for number, row in enumerate(facts.base_legal)
        ],
    }


def _outputs(ficha: Ficha, base: str) -> list[Node]:
    if not (_known(ficha, Aspecto.RESULTADO) and ficha.es.get("resultado")):
        return []
    texts = _texts(ficha, "resultado")
    return [
        {"@id": f"{base}#resultado", "@type": "cv:Output", "dct:identifier": "resultado", "dct:title": texts}
    ]


def _contacts(ficha: Ficha, base: str) -> list[Node]:
    """Of the entity's offices; a web page is a document of its own."""
    if not _known(ficha, Aspecto.CONTACTO):
        return []
    told: Node = {}
    for row in ficha.hechos.contactos:
        if row.tipo in CONTACT_TERMS:
            reached = f"{row.valor}, anexo {row.anexo}" if row.anexo else row.valor
            told.setdefault(CONTACT_TERMS[row.tipo], []).append(reached)
        elif row.tipo == "web" and row.valor.startswith("http") and " " not in row.valor:
            page = {"@id": row.valor, "@type": "foaf:Document"}
            told.setdefault("cv:contactPage", []).append(page)
    return [{"@id": f"{base}#contacto", "@type": "cv:ContactPoint", **told}] if told else []


def _cost(row: Costo, ficha: Ficha, base: str) -> Node:
    node: Node = {
        "@id": f"{base}#costos.{row.clave}",
        "@type": "cv:Cost",
        "dct:identifier": row.clave,
        "cv:hasValue": {"@value": str(row.monto or "0.00"), "@type": "xsd:double"},
        "cv:currency": {"@id": CURRENCY},
        "mac:monto": str(row.monto or "0.00"),
        **_in_force(row),
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
