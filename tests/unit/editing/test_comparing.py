"""What a reviewer is told has changed: every field, and nothing but what changed."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms.editing.comparing import Difference, compare
from cms.tramites.schema import Aspecto, Ficha, Hechos
from cms.tramites.seed import read_fichas


@pytest.fixture(scope="module")
def fichas() -> dict[str, Ficha]:
    folder: Path = settings.CONTENT_DIR / "fichas"
    return {ficha.codigo: ficha for ficha in read_fichas(folder)}


@pytest.fixture
def dni(fichas: dict[str, Ficha]) -> Ficha:
    return fichas["reniec-dni-duplicado"]


def changed(ficha: Ficha, words: dict[str, str] | None = None, **facts: Any) -> Ficha:
    raw = ficha.model_dump()
    facts = {**raw["hechos"], **facts}
    return Ficha.model_validate({"hechos": facts, "es": words or raw["es"]})


def one(differences: list[Difference]) -> Difference:
    assert len(differences) == 1, differences
    return differences[0]


def test_the_same_ficha_differs_in_nothing(fichas: dict[str, Ficha]) -> None:
    assert {codigo: found for codigo, ficha in fichas.items() if (found := compare(ficha, ficha))} == {}


def test_a_new_fee_is_told_as_people_read_it(dni: Ficha) -> None:
    fees = [fee.model_dump() for fee in dni.hechos.costos]
    fees[0] |= {"monto": Decimal("1234.5"), "desde": date(2026, 12, 1)}
    found = one(compare(dni, changed(dni, costos=fees)))
    assert (found.aspecto, found.kind) == (Aspecto.COSTO, "cambia")
    assert found.campo == "Pago por derecho de tramitación (por internet)"
    assert found.antes == "S/ 33.00, código de pago 00522"
    assert found.despues == "S/ 1,234.50, código de pago 00522, desde el 01/12/2026"


def test_a_term_is_told_with_its_unit(dni: Ficha) -> None:
    term = [{"clave": "entrega", "valor": 30, "unidad": "dias_habiles"}]
    found = one(compare(dni, changed(dni, plazos=term)))
    assert (found.campo, found.antes, found.despues) == ("Plazo", "48 horas", "30 días hábiles")


def test_a_requisito_added_removed_and_moved(dni: Ficha) -> None:
    rows = [row.model_dump() for row in dni.hechos.requisitos]
    words = dict(dni.es)
    del words["requisitos.pago"]
    words["requisitos.huella"] = "Tu huella digital."
    rows = [rows[2], rows[0], rows[3], {"clave": "huella", "obligatorio": False}]
    found = {d.campo: d for d in compare(dni, changed(dni, words, requisitos=rows))}
    assert found["Requisito 4"].despues == "Tu huella digital. [opcional]"
    assert (found["Requisito 2"].kind, found["Requisito 2"].antes) == (
        "se_quita",
        "Haber pagado la tasa. [pago]",
    )
    assert found["Orden de los requisitos"].despues.startswith("1. Tus datos no han cambiado.")


def test_a_new_ficha_and_one_that_goes_are_told_whole(dni: Ficha) -> None:
    assert {d.kind for d in compare(None, dni)} == {"nuevo"}
    assert {d.kind for d in compare(dni, None)} == {"se_quita"}
    assert len(compare(None, dni)) == len(compare(dni, None))
    assert compare(None, None) == []


OTHER: dict[str, Any] = {
    "nivel": "basica", "tipo": "procedimiento", "codigo_tupa": "PA1", "publico": ["empresas"], "temas": ["otro"],
    "pagina_oficial": "https://otra.gob.pe", "alias": {"es": ["otro"], "qu": []}, "requisitos": [], "costos": [],
    "plazos": [], "pasos": [{"clave": "uno"}], "canales": [], "sedes": ["una"], "oficinas": [],
    "cita": {"requerida": True}, "vigencia": {"indefinida": True}, "calificacion": "no_aplica",
    "recursos": [{"tipo": "apelacion"}], "base_legal": [{"norma": "Ley 1"}], "formularios": [{"nombre": "F1"}],
    "contactos": [{"tipo": "web", "valor": "x"}], "evidencia": {}, "servicios_2023": [570],
}  # fmt: skip


def test_no_fact_can_change_unseen(dni: Ficha) -> None:
    """Were a fact added to the ficha and forgotten here, an approver would not see it."""
    assert set(OTHER) == set(Hechos.model_fields) - {"codigo", "entidad"}
    for name, value in OTHER.items():
        raw = dni.model_dump()
        words = {key: text for key, text in raw["es"].items() if not key.startswith(f"{name}.")}
        if name == "pasos":
            words["pasos.uno"] = "Anda."
        assert compare(dni, changed(dni, words, **{name: value})), name


def test_no_word_can_change_unseen(fichas: dict[str, Ficha], dni: Ficha) -> None:
    for codigo in ("reniec-dni-duplicado", "migraciones-pasaporte", "sis-gratuito"):
        ficha = fichas[codigo]
        for key in ficha.es:
            found = compare(ficha, changed(ficha, {**ficha.es, key: "Otra frase."}))
            assert ["Otra frase." in d.despues for d in found] == [True], key
