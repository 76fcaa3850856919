"""The shapes other institutions' programs count on, member by member: a change here is a change of a promise.

A member may be added (and is written down here then); none goes, none changes its kind.
"""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"

# What each member is: a kind, several of them, a list of one kind, or an object by its members. MOMENT is ISO 8601
# with Lima's offset; None in a tuple says that it may be null.
MOMENT = "moment"
BLOCK = {
    "tipo": str, "texto": str, "items": [str], "destacado": str, "url": str, "idioma": str, "idiomas": [str],
}  # fmt: skip
ASPECT = {
    "codigo": str, "aspecto": str, "locale": str, "texto": str, "bloques": [BLOCK], "confianza": str, "url": str,
    "revision": int, "fuente": (str, None), "fecha": (str, None), "actualizado_at": MOMENT,
}  # fmt: skip
HEAD = {
    "codigo": str, "nombre": str, "entidad": str, "locale": str, "nivel": str, "url": str, "revision": int,
    "actualizado_at": MOMENT,
}  # fmt: skip
NOTE = {"revision": int, "at": MOMENT, "nota": str, "norma": str}
ENTIDAD = {
    "id": str, "nombre": str, "sigla": (str, None), "tipo": str, "nivel": str, "tramites": int,
    "confirmado": (str, None), "fuente": (str, None), "url": str,
}  # fmt: skip
TRAMO = {"dias": [int], "en_feriados": bool, "abre": str, "cierra": str}
SEDE = {
    "id": str, "nombre": str, "tipos": [str], "modalidad": str, "estado": str, "region": (str, None),
    "distrito": (str, None), "direccion": (str, None), "horario": ([TRAMO], None), "abierto_ahora": (bool, None),
    "confirmado": (str, None), "fuente": (str, None), "url": str,
}  # fmt: skip
HIT = {"codigo": str, "nombre": str, "entidad": str, "score": float}
REVISION = {
    "revision": int, "tipo": str, "at": MOMENT, "nota": str, "norma": str, "cambios": [str], "aspectos": [str],
    "reemplazo": (str, None),
}  # fmt: skip
CHANGE = {"cursor": int, "codigo": str, "revision": int, "tipo": str, "at": MOMENT}
BOTH = {"es": str, "qu": str}
NAMES = {"es": [str], "qu": [str]}
PLACE = {"id": str, "names": [str]}
COLUMN = {"nombre": str, "descripcion": str}


def listed(row: Any, **more: Any) -> dict[str, Any]:
    return {"count": int, "results": [row], **more}


WITHDRAWN = {
    "at": MOMENT,
    "motivo": (str, None),
    "reemplazo": ({"codigo": str, "nombre": str, "url": str}, None),
}
SHAPES: dict[str, Any] = {
    "tramites": listed({**HEAD, "resumen": str}),
    "tramites?locale=qu&limit=3": listed({**HEAD, "resumen": str}),
    "tramites?q=antecedentes": listed({**HEAD, "resumen": str}),
    f"tramites/{CODIGO}": {
        **HEAD, "hechos": dict, "aspectos": [ASPECT], "faltantes": [str], "cambio": (NOTE, None), "retirado": (WITHDRAWN, None),
    },
    f"tramites/{CODIGO}/aspectos/costo": ASPECT,
    f"tramites/{CODIGO}/revisiones": listed(REVISION),
    "search?q=dni": {"results": [HIT], "sugerencias": [str]},
    "entidades": listed(ENTIDAD),
    "entidades/reniec": ENTIDAD,
    "sedes": listed(SEDE),
    "sedes/centro-mac-piura": SEDE,
    "aspectos": listed({"aspecto": str, "titulo": BOTH, "pregunta": BOTH}),
    "changes": listed(CHANGE, next=int),
    "lexicon": {
        "revision": int, "entries": [{"codigo": str, "names": NAMES}], "sedes": [PLACE], "entidades": [PLACE],
    },
    "export": listed(
        {"nombre": str, "descripcion": str, "archivos": [str], "columnas": [COLUMN], "licencia": (str, None)}
    ),
}  # fmt: skip
PROBLEM = {"type": str, "status": int, "title": str}
REFUSALS: dict[str, tuple[int, Any]] = {
    "tramites/no-existe": (404, PROBLEM),
    "tramites/osce-rnp": (
        404,
        {
            **PROBLEM, "retirado": bool, "codigo": str, "nombre": str, "retirado_at": MOMENT, "motivo": (str, None),
            "reemplazo": ({"codigo": str, "nombre": str, "url": str}, None),
        },
    ),
    "tramites?limit=muchos": (422, {**PROBLEM, "errors": [{"where": str, "what": str}]}),
    "tramites?q=%00": (400, PROBLEM),
    "nada": (404, PROBLEM),
}  # fmt: skip


def departures(value: Any, shape: Any, where: str = "") -> list[str]:
    """Where `value` is not as `shape` says; empty when it is."""
    if isinstance(shape, tuple):
        told = [departures(value, one, where) for one in shape]
        return [] if [] in told else told[0]
    if isinstance(shape, dict):
        return _of_object(value, shape, where)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [line for n, one in enumerate(value) for line in departures(one, shape[0], f"{where}[{n}]")]
    if shape is MOMENT:
        return [] if _is_moment(value) else [f"{where}: {value!r} is no moment in Lima"]
    kinds = {float: (float, int)}.get(shape, shape)
    right = value is None if shape is None else isinstance(value, kinds)
    odd = isinstance(value, bool) and shape is not bool
    return [] if right and not odd else [f"{where}: {value!r}"]


def _of_object(value: Any, shape: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    lines = [f"{where}.{name}: missing" for name in shape.keys() - value.keys()]
    lines += [f"{where}.{name}: not written down" for name in value.keys() - shape.keys()]
    both = shape.keys() & value.keys()
    return lines + [line for name in both for line in departures(value[name], shape[name], f"{where}.{name}")]


def _is_moment(value: Any) -> bool:
    try:
        offset = datetime.fromisoformat(value).utcoffset()
    except (TypeError, ValueError):
        return False
    return str(offset) == "-1 day, 19:00:00"


@pytest.mark.parametrize("path", SHAPES)
def test_each_answer_has_the_shape_that_was_promised(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    assert response["Content-Type"].partition(";")[0] == "application/json"
    answer = response.json()
    assert departures(answer, SHAPES[path], path) == []
    if "results" in answer:
        assert answer["results"], "an empty list proves nothing"


@pytest.mark.parametrize("path", REFUSALS)
def test_each_refusal_has_the_shape_that_was_promised(client: Client, path: str) -> None:
    withdraw("osce-rnp", by=None, why="Ya no existe.", replaced_by="sis-gratuito")
    response = client.get(f"/api/v1/{path}")
    status, shape = REFUSALS[path]
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert departures(response.json(), shape, path) == []


def test_the_aspects_are_the_seventeen(client: Client) -> None:
    promised = (
        "descripcion requisitos costo plazo pasos donde horario canales cita quien resultado vigencia calificacion "
        "recursos base_legal formularios contacto"
    ).split()
    assert [str(aspecto) for aspecto in Aspecto] == promised
    assert [row["aspecto"] for row in client.get("/api/v1/aspectos").json()["results"]] == promised
    whole = client.get(f"/api/v1/tramites/{CODIGO}").json()
    assert [row["aspecto"] for row in whole["aspectos"]] == promised


def test_words_of_a_closed_list_are_of_it(client: Client) -> None:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro"}}), by=None)
    withdraw("osce-rnp", by=None, why="Ya no existe.")
    whole = client.get(f"/api/v1/tramites/{CODIGO}").json()
    assert {row["confianza"] for row in whole["aspectos"]} <= {"alta", "media", "baja", "sin_dato"}
    assert {row["nivel"] for row in client.get("/api/v1/tramites").json()["results"]} <= {
        "completa",
        "basica",
    }
    kinds = {row["tipo"] for row in client.get("/api/v1/changes?limit=200").json()["results"]}
    assert kinds == {"published", "changed", "withdrawn"}


def test_money_is_a_decimal_string(client: Client) -> None:
    costs = client.get(f"/api/v1/tramites/{CODIGO}").json()["hechos"]["costos"]
    amounts = [row["monto"] for row in costs if row["monto"] is not None]
    assert amounts
    assert all(isinstance(one, str) and one.partition(".")[2].isdigit() for one in amounts)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_addresses_are_those_of_the_pages(client: Client, locale: str) -> None:
    whole = client.get(f"/api/v1/tramites/{CODIGO}?locale={locale}").json()
    assert whole["url"] == f"/{locale}/tramites/{CODIGO}/"
    assert {row["url"] for row in whole["aspectos"]} == {
        f"/{locale}/tramites/{CODIGO}/#{aspecto}" for aspecto in Aspecto
    }


def test_departures_are_noticed() -> None:
    shape = listed(CHANGE, next=int)
    right = {"cursor": 1, "codigo": "a", "revision": 1, "tipo": "changed", "at": "2026-11-20T10:00:00-05:00"}
    assert departures({"count": 1, "results": [right], "next": 1}, shape) == []
    for wrong in (
        {**right, "cursor": "1"},
        {**right, "cursor": True},
        {**right, "at": "2026-11-20T15:00:00Z"},
        {**right, "more": 1},
        {name: value for name, value in right.items() if name != "codigo"},
    ):
        assert departures({"count": 1, "results": [wrong], "next": 1}, shape)
