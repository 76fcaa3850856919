"""The open data: three tables of what is public, told from versions. No person is named in any of them.

A column of several values holds them in a line, ` | ` between. What is not known is empty (null in JSON Lines).
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from pydantic import BaseModel

from cms.directory.hours import LIMA
from cms.directory.models import Entidad, Sede
from cms.directory.queries import entidades, origin, sedes
from cms.publishing.models import Change
from cms.tramites.models import Tramite, Version
from cms.tramites.queries import TOPIC, public_tramites
from cms.tramites.schema import ROWS_OF_ASPECT, Aspecto, Costo, Ficha, Plazo, aspect_of
from cms.ui.formats import money, term

# To be raised when columns or lines change their shape: what others kept then holds no more.
SHAPE = 1
CHUNK = 100
BETWEEN = " | "
# Lists of facts that have a column of their own, each value as `name=value; name=value`.
LISTS = ("requisitos", "costos", "plazos", "canales", "recursos", "base_legal", "formularios", "contactos")

Row = dict[str, Any]
Rows = Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """`rows` are whole, for JSON Lines; `flat` makes of one its cells. `columns` are the cells and what they say."""

    name: str
    said: str
    columns: dict[str, str]
    rows: Rows
    flat: Callable[[Row], Row]
    tag: Callable[[], str]


def _every_version() -> str:
    """Changes with every publication and withdrawal, and with nothing else: versions are immutable."""
    newest = Change.objects.filter(topic=TOPIC).order_by("-id").values_list("id", flat=True).first()
    return f"{SHAPE}-{newest or 0}"


def _every_row(rows: Rows) -> Callable[[], str]:
    def tag() -> str:
        content = json.dumps(list(rows()), sort_keys=True).encode()
        return f"{SHAPE}-{hashlib.sha256(content).hexdigest()[:20]}"

    return tag


def _tramites() -> Iterator[Row]:
    """By code; read a hundred at a time, so that however many there are, few are held."""
    after = ""
    while rows := list(public_tramites().filter(codigo__gt=after).order_by("codigo")[:CHUNK]):
        for row in rows:
            assert row.version is not None  # public_tramites has none without
            yield _tramite(row, row.version)
        after = rows[-1].codigo


def _tramite(tramite: Tramite, version: Version) -> Row:
    ficha = Ficha.model_validate(version.payload)
    facts = ficha.hechos
    return {
        "codigo": tramite.codigo,
        "nombre": ficha.es["nombre"],
        "nombre_qu": ficha.quechua("nombre") or None,
        "entidad": facts.entidad,
        "nivel": str(facts.nivel),
        "url": f"{settings.PUBLIC_URL}/es/tramites/{tramite.codigo}/",
        "revision": version.numero,
        "actualizado_at": version.at.astimezone(LIMA).isoformat(),
        "hechos": facts.model_dump(mode="json", exclude={"codigo", "entidad", "nivel", "evidencia"}),
        "evidencia": {str(a): facts.evidence_of(a).model_dump(mode="json") for a in Aspecto},
        "es": ficha.es,
        "qu": {key: text for key in ficha.es if (text := ficha.quechua(key))},
        "dicho": {str(aspecto): _said(ficha, aspecto) for aspecto in Aspecto},
    }


def _said(ficha: Ficha, aspecto: Aspecto) -> list[str]:
    """The Spanish sentences of an aspect, with the figures in their places; of any day, with its dates."""
    rows = getattr(ficha.hechos, ROWS_OF_ASPECT.get(aspecto, ""), [])
    told = [_sentence(ficha.es.get(f"{ROWS_OF_ASPECT[aspecto]}.{row.clave}", ""), row) for row in rows]
    prose = [
        text
        for key, text in ficha.es.items()
        if key != "nombre" and "." not in key.removeprefix("duda.") and aspect_of(key) is aspecto
    ]
    return [text for text in told + prose if text]


def _sentence(text: str, row: BaseModel) -> str:
    if isinstance(row, Costo):
        text = (text or "{monto}").replace("{monto}", _fee(row)).replace("{codigo_pago}", row.codigo_pago)
    elif isinstance(row, Plazo):
        text = (text or "{plazo}").replace("{plazo}", _term(row))
    return f"{text} {_dates(row)}".strip() if isinstance(row, Costo | Plazo) else text


def _fee(row: Costo) -> str:
    if row.gratuito:
        return "Gratuito"
    return "Monto por confirmar" if row.monto is None else money(row.monto)


def _term(row: Plazo) -> str:
    if row.en_el_dia:
        return "El mismo día"
    if row.valor is None or row.unidad is None:
        return "Plazo por confirmar"
    return term(row.valor, row.unidad, row.valor_max)


def _dates(row: Costo | Plazo) -> str:
    said = [f"desde {row.desde}"] if row.desde else []
    said += [f"hasta {row.hasta}"] if row.hasta else []
    return f"({' '.join(said)})" if said else ""


def _flat_tramite(row: Row) -> Row:
    facts = row["hechos"]
    cells = {name: row.get(name, facts.get(name)) for name in TRAMITES.columns}
    for name in ("publico", "temas", "sedes"):
        cells[name] = BETWEEN.join(facts[name])
    for name in LISTS:
        cells[f"hechos_{name}"] = BETWEEN.join(_pairs(fact) for fact in facts[name])
    for aspecto in Aspecto:
        evidence = row["evidencia"][aspecto]
        cells[str(aspecto)] = BETWEEN.join(row["dicho"][aspecto])
        cells |= {f"{aspecto}_{name}": evidence[name] for name in ("confianza", "fuente", "fecha")}
    return cells


def _pairs(fact: Row) -> str:
    return "; ".join(f"{name}={value}" for name, value in fact.items() if value not in (None, "", False))


def _entidades() -> Iterator[Row]:
    return (_entidad(row) for row in entidades())


def _entidad(row: Entidad) -> Row:
    told = origin(row)
    return {
        "id": row.codigo,
        "nombre": row.nombre,
        "sigla": row.sigla or None,
        "tipo": row.tipo or None,
        "nivel": row.nivel or None,
        "tramites": getattr(row, "total", 0),
        "url": f"{settings.PUBLIC_URL}/es/entidades/{row.codigo}/",
        "confirmado": told.confirmado if told else None,
        "fuente": told.fuente if told else None,
    }


def _sedes() -> Iterator[Row]:
    return (_sede(row) for row in sedes())


def _sede(row: Sede) -> Row:
    hours = [
        {
            "dias": tramo.dias,
            "en_feriados": tramo.en_feriados,
            "abre": f"{tramo.abre:%H:%M}",
            "cierra": f"{tramo.cierra:%H:%M}",
        }
        for tramo in row.horario.all()
    ]
    return {
        "id": row.codigo,
        "nombre": row.nombre,
        "tipos": row.tipos,
        "modalidad": row.modalidad,
        "estado": row.estado,
        "region": row.region,
        "distrito": row.distrito,
        "direccion": row.direccion,
        "horario": hours if row.horario_conocido else None,
        "url": f"{settings.PUBLIC_URL}/es/sedes/{row.codigo}/",
        "confirmado": row.confirmado or None,
        "fuente": row.fuente or None,
    }


def _flat_sede(row: Row) -> Row:
    hours = BETWEEN.join(_pairs(stretch) for stretch in row["horario"] or [])
    return {**row, "tipos": BETWEEN.join(row["tipos"]), "horario": hours}


def _aspect_columns() -> dict[str, str]:
    columns: dict[str, str] = {}
    for aspecto in Aspecto:
        columns |= {
            str(aspecto): f"What is said of the aspect {aspecto}, in Spanish.",
            f"{aspecto}_confianza": "alta, media, baja or sin_dato: media and baja are still to be confirmed.",
            f"{aspecto}_fuente": "Who says it.",
            f"{aspecto}_fecha": "Of when: a year, a month or a day.",
        }
    return columns


TRAMITES = Dataset(
    name="tramites",
    said="Every public ficha, as its current version tells it.",
    columns={
        "codigo": "Permanent id of the ficha.",
        "nombre": "Its name in Spanish.",
        "nombre_qu": "Its name in Quechua, where there is a current one.",
        "entidad": "Id of the entity in charge (see entidades).",
        "nivel": "completa or basica.",
        "tipo": "Kind of procedure in the TUPA; por_confirmar where it is not known.",
        "codigo_tupa": "Its code in the TUPA.",
        "publico": "personas, empresas.",
        "temas": "Ids of its topics.",
        "calificacion": "Automatic approval, or evaluation and what silence means; por_confirmar where not known.",
        "sedes": "Ids of the sedes where it is known to be attended (see sedes).",
        "pagina_oficial": "The entity's own page of it.",
        "url": "Its page here.",
        "revision": "Number of the version.",
        "actualizado_at": "When that version was published.",
        **{f"hechos_{name}": f"The facts of {name}, as name=value pairs." for name in LISTS},
        **_aspect_columns(),
    },
    rows=_tramites,
    flat=_flat_tramite,
    tag=_every_version,
)
ENTIDADES = Dataset(
    name="entidades",
    said="The entities of the network.",
    columns={
        "id": "Permanent id of the entity.",
        "nombre": "Its name.",
        "sigla": "Its sigla.",
        "tipo": "Kind of entity.",
        "nivel": "Level of government.",
        "tramites": "How many public fichas it offers.",
        "url": "Its page here.",
        "confirmado": "When this was last confirmed.",
        "fuente": "Who says it.",
    },
    rows=_entidades,
    flat=dict,
    tag=_every_row(_entidades),
)
SEDES = Dataset(
    name="sedes",
    said="Centros MAC, MAC Express and Aló MAC.",
    columns={
        "id": "Permanent id of the sede.",
        "nombre": "Its name.",
        "tipos": "centro, express, or both.",
        "modalidad": "How it attends.",
        "estado": "operativo or en_implementacion.",
        "region": "Region, where known.",
        "distrito": "District, where known.",
        "direccion": "Address, where known.",
        "horario": "Opening stretches (days 1 Monday to 7 Sunday), where known.",
        "url": "Its page here.",
        "confirmado": "When this was last confirmed.",
        "fuente": "Who says it.",
    },
    rows=_sedes,
    flat=_flat_sede,
    tag=_every_row(_sedes),
)
DATASETS = {dataset.name: dataset for dataset in (TRAMITES, ENTIDADES, SEDES)}
