import json
from decimal import Decimal
from typing import Any

import pytest

from cms.editing.proposals import Accion
from cms.editing.sheets import Report
from cms.tramites.schema import Aspecto, Ficha
from tests.unit.editing.sheets.conftest import Reading

CODE = "pj-antecedentes-penales"


@pytest.fixture
def payload(fichas: dict[str, Ficha]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(fichas[CODE].model_dump_json())
    return loaded


@pytest.fixture
def entidad(fichas: dict[str, Ficha]) -> str:
    return fichas[CODE].hechos.entidad


def refusal(report: Report) -> str:
    assert report.proposals == []
    return report.errors[0].texto


def test_rows_are_read_as_those_of_a_sheet(reading: Reading, entidad: str) -> None:
    rows = {"filas": [{"codigo": CODE, "monto": "45.00", "Requisitos": ["Uno", "Dos"], "descripcion": None}]}
    (proposal,) = reading(json.dumps(rows).encode(), "x.json", entidad=entidad).proposals
    assert proposal.ficha is not None
    assert proposal.ficha.hechos.costos[0].monto == Decimal("45.00")
    assert len(proposal.ficha.hechos.requisitos) == 2


def test_numbers_in_rows_are_amounts(reading: Reading, entidad: str) -> None:
    for number in ("45", "45.0", "45.00"):
        text = f'{{"filas": [{{"codigo": "{CODE}", "monto": {number}}}]}}'
        (proposal,) = reading(text.encode(), "x.json", entidad=entidad).proposals
        assert proposal.ficha is not None
        assert str(proposal.ficha.hechos.costos[0].monto) == "45.00"


def test_whole_fichas_are_read_alone_wrapped_and_line_by_line(
    reading: Reading, payload: dict[str, Any], entidad: str
) -> None:
    changed = {**payload, "es": {**payload["es"], "descripcion": "Otra."}}
    alone = {key: changed[key] for key in ("hechos", "es")}
    lines = "\n".join(
        json.dumps(item)
        for item in (alone, {"accion": "retira", "codigo": "pj-deudor-alimentario", "motivo": "Ya no"})
    )
    for text in (
        json.dumps([alone]), json.dumps({"fichas": [changed]}), json.dumps({"fichas": [{"accion": "cambia", "ficha": changed}]}),
        json.dumps(alone), lines, json.dumps(alone, indent=2),
    ):  # fmt: skip
        report = reading(text.encode(), "x.json", entidad=entidad)
        assert report.errors == []
        assert report.proposals[0].accion is Accion.CAMBIA
        ficha = report.proposals[0].ficha
        assert ficha is not None
        assert (ficha.es["descripcion"], bool(ficha.qu)) == ("Otra.", True)


def test_an_unchanged_ficha_is_the_same(reading: Reading, payload: dict[str, Any], entidad: str) -> None:
    (proposal,) = reading(json.dumps([payload]).encode(), "x.json", entidad=entidad).proposals
    assert proposal.accion is Accion.IGUAL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"filas": [\n  {"codigo": "a",}\n]}', "Línea 2"),
        ('[\n{"codigo": "a"}\n{"codigo": "b"}\n]', "Línea 3"),
        ('{"filas": [{"codigo": "a" "monto": 1}]}', "falta una coma"),
        ('{"filas": [{"codigo": "a", "monto": NaN}]}', "«NaN»"),
        ('{"filas": [{"codigo": "a", "codigo": "b"}]}', "dos veces en el mismo objeto"),
        ('{"filas": [{"codigo": "a", "monto": ' + "9" * 5000 + "}]}", "demasiado grande"),
        ("[" * 100_000, "JSON"),
        ('{"filas": 3}', "son listas"),
        ('{"otra": 3, "filas": []}', "«otra»"),
        ('{"filas": []}', "ninguna ficha"),
        ("[3]", "elemento 1"),
        ("3", "no es una lista"),
        ('{"codigo": "a", "monto": 1}\n{"codigo": "b" "monto": 1}', "Línea 2"),
        ('[{"codigo": "pj-antecedentes-penales", "precio": 3}]', "«precio» no es un dato"),
        ('[{"codigo": "pj-antecedentes-penales", "requisitos": {"a": 1}}]', "lista de textos"),
        ('[{"codigo": "pj-antecedentes-penales", "monto": 1e99}]', "demasiado grande"),
        ('[{"accion": "retira", "codigo": "no-hay"}]', "no hay ninguna ficha"),
        ('[{"accion": "retira", "codigo": "pj-antecedentes-penales"}]', "escribe el motivo"),
        ('[{"accion": "cambia", "codigo": "pj-antecedentes-penales"}]', "solo se puede retirar"),
    ],
)
def test_json_that_is_broken_or_says_something_else_is_refused(
    reading: Reading, entidad: str, text: str, reason: str
) -> None:
    assert reason in refusal(reading(text.encode(), "x.json", entidad=entidad))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"hechos.precio": 3}, "hechos.precio"), ({"es.otra": "x"}, ""), ({"hechos.nivel": "alta"}, "hechos.nivel"),
        ({"hechos.costos": [{"clave": "a", "monto": "-1"}]}, "hechos.costos.0.monto"), ({"hechos.codigo": None}, "hechos.codigo"),
    ],
)  # fmt: skip
def test_a_whole_ficha_that_does_not_hold_names_the_place(
    reading: Reading, payload: dict[str, Any], entidad: str, change: dict[str, Any], where: str
) -> None:
    for path, value in change.items():
        part, _, name = path.partition(".")
        payload[part][name] = value
    report = reading(json.dumps([payload]).encode(), "x.json", entidad=entidad)
    assert report.proposals == []
    assert report.errors[0].fila == 1
    assert where in report.errors[0].columna


def test_one_code_twice_and_another_entity_are_refused(
    reading: Reading, payload: dict[str, Any], entidad: str
) -> None:
    twice = json.dumps([payload, payload]).encode()
    assert "en el elemento 1 y en el 2" in reading(twice, "x.json", entidad=entidad).errors[0].mensaje
    assert "otra entidad" in refusal(reading(json.dumps([payload]).encode(), "x.json", entidad="reniec"))


def test_what_an_action_says_must_be_so(reading: Reading, payload: dict[str, Any], entidad: str) -> None:
    text = json.dumps([{"accion": "nueva", "ficha": payload}]).encode()
    assert "es igual" in refusal(reading(text, "x.json", entidad=entidad))


def test_a_ficha_whole_and_in_a_row_is_refused(
    reading: Reading, payload: dict[str, Any], entidad: str
) -> None:
    both = json.dumps([payload, {"codigo": CODE, "descripcion": "Otra"}]).encode()
    assert "en una fila y en una ficha entera" in reading(both, "x.json", entidad=entidad).errors[0].mensaje


def exported(ficha: Ficha, **more: Any) -> dict[str, Any]:
    """A line of the open data, as `cms.api.datasets` writes it."""
    facts = ficha.hechos
    return {
        "codigo": ficha.codigo, "nombre": ficha.es["nombre"], "nombre_qu": None, "entidad": facts.entidad, "nivel": str(facts.nivel),
        "url": "https://x.pe/", "revision": 3, "actualizado_at": "2026-11-20T10:00:00-05:00",
        "hechos": facts.model_dump(mode="json", exclude={"codigo", "entidad", "nivel", "evidencia"}),
        "evidencia": {str(a): facts.evidence_of(a).model_dump(mode="json") for a in Aspecto},
        "es": ficha.es, "qu": {"nombre": "x"}, "dicho": {}, **more,
    }  # fmt: skip


def test_the_open_data_are_read_back_and_change_nothing(reading: Reading, fichas: dict[str, Ficha]) -> None:
    for entidad in ("reniec", "osiptel"):
        listed = [ficha for ficha in fichas.values() if ficha.hechos.entidad == entidad]
        lines = "\n".join(json.dumps(exported(ficha)) for ficha in listed)
        report = reading(lines.encode(), "tramites.jsonl", entidad=entidad)
        assert report.errors == []
        assert {proposal.accion for proposal in report.proposals} == {Accion.IGUAL}
        assert len(report.proposals) == len(listed)


def test_a_name_changed_beside_the_ficha_only_is_asked_about(
    reading: Reading, fichas: dict[str, Ficha], entidad: str
) -> None:
    line = json.dumps([exported(fichas[CODE], nombre="Otro")])
    assert "dicen dos cosas" in refusal(reading(line.encode(), "x.json", entidad=entidad))


@pytest.mark.parametrize(
    "strange", [None, 3, 1.5, True, "x", [], {}, [[]], [{}], {"a": {}}, "\u202e", -1e300]
)
def test_no_value_brings_the_reading_down(
    reading: Reading, fichas: dict[str, Ficha], strange: Any, entidad: str
) -> None:
    whole = exported(fichas[CODE])
    for item in (
        whole,
        {"accion": "cambia", "ficha": json.loads(fichas[CODE].model_dump_json())},
        {"codigo": CODE, "monto": 5},
    ):
        for key in item:
            report = reading(json.dumps([{**item, key: strange}]).encode(), "x.json", entidad=entidad)
            assert report.proposals or report.problems
    for key in whole["hechos"]:
        item = {**whole, "hechos": {**whole["hechos"], key: strange}}
        report = reading(json.dumps([item]).encode(), "x.json", entidad=entidad)
        assert report.proposals or report.problems
