"""What stands behind a fact after a package: the norm behind what it changed, and the old source behind the rest."""

from datetime import date
from typing import Any

import pytest

from cms.editing.packages.evidence import (
    ASPECT_OF_FACT,
    OF_NO_ASPECT,
    changed_aspects,
    source_of,
    with_evidence,
)
from cms.editing.packages.models import Origen
from cms.tramites.schema import Aspecto, Confianza, Ficha, Hechos

NORM = source_of("RJ 120-2026", date(2026, 11, 2), date(2026, 11, 20))


def ficha(words: dict[str, str] | None = None, **facts: Any) -> Ficha:
    old = {"confianza": "media", "fuente": "El Comercio", "fecha": "2025"}
    hechos = {
        "codigo": "x-uno", "entidad": "x", "nivel": "completa", "costos": [{"clave": "pago", "monto": "10.00"}],
        "evidencia": {"costo": old, "plazo": old, "descripcion": old},
    } | facts  # fmt: skip
    return Ficha.model_validate(
        {"hechos": hechos, "es": {"nombre": "Uno", "descripcion": "Eso."} | (words or {})}
    )


def test_every_fact_belongs_to_an_aspect_or_to_none() -> None:
    assert set(ASPECT_OF_FACT) | OF_NO_ASPECT == set(Hechos.model_fields)


def test_a_new_fee_does_not_keep_the_old_source() -> None:
    after = with_evidence(ficha(), ficha(costos=[{"clave": "pago", "monto": "12.00"}]), NORM, Origen.HOJA)
    evidence = after.hechos.evidencia
    assert evidence[Aspecto.COSTO] == NORM
    assert evidence[Aspecto.PLAZO].fuente == "El Comercio"
    assert evidence[Aspecto.DESCRIPCION].fuente == "El Comercio"


def test_words_count_as_much_as_facts() -> None:
    after = with_evidence(ficha(), ficha({"horario": "De 8 a 20 h."}), NORM, Origen.HOJA)
    assert after.hechos.evidencia[Aspecto.HORARIO] == NORM


def test_what_is_left_to_be_confirmed_is_not_told_as_sure() -> None:
    proposed = ficha(costos=[{"clave": "pago", "por_confirmar": True}])
    after = with_evidence(ficha(), proposed, NORM, Origen.HOJA)
    assert after.hechos.evidencia[Aspecto.COSTO].confianza is Confianza.MEDIA


def test_what_is_emptied_has_no_source_left() -> None:
    after = with_evidence(ficha(), ficha(costos=[]), NORM, Origen.HOJA)
    assert after.hechos.evidencia[Aspecto.COSTO].confianza is Confianza.SIN_DATO


def test_an_answer_of_the_entity_keeps_the_source_it_gives_and_a_sheet_does_not() -> None:
    own = {"confianza": "alta", "fuente": "Confirmado por X (jefe)", "fecha": "2026-11-19"}
    proposed = ficha(costos=[{"clave": "pago", "monto": "12.00"}], evidencia={"costo": own})
    kept = with_evidence(ficha(), proposed, NORM, Origen.CONFIRMACION)
    assert kept.hechos.evidencia[Aspecto.COSTO].fuente == "Confirmado por X (jefe)"
    assert with_evidence(ficha(), proposed, NORM, Origen.HOJA).hechos.evidencia[Aspecto.COSTO] == NORM


def unsure(*, note: str = "", **facts: Any) -> Ficha:
    rows = [{"clave": "copia", "tipo": "documento", "via": None, "obligatorio": True}]
    doubted = {"requisitos": {"confianza": "baja", "fuente": "Un blog"}}
    words = {"requisitos.copia": "Una copia."} | ({"requisitos": note} if note else {})
    return ficha(words, **{"requisitos": rows, "evidencia": doubted} | facts)


def test_a_note_beside_unsure_requisitos_does_not_make_them_sure() -> None:
    after = with_evidence(unsure(), unsure(note="Por página."), NORM, Origen.HOJA)
    kept = after.hechos.evidencia[Aspecto.REQUISITOS]
    assert kept.confianza is Confianza.BAJA
    assert kept.fuente == "Un blog; RJ 120-2026"


def test_requisitos_the_norm_changes_are_the_norms() -> None:
    rows = [{"clave": "copia", "tipo": "documento", "via": "presencial", "obligatorio": True}]
    after = with_evidence(unsure(), unsure(note="Por página.", requisitos=rows), NORM, Origen.HOJA)
    assert after.hechos.evidencia[Aspecto.REQUISITOS] == NORM


@pytest.mark.parametrize("name", ["alias", "temas", "codigo_tupa"])
def test_other_names_and_codes_touch_no_source(name: str) -> None:
    value: Any = {"alias": {"es": ["eso"], "qu": []}, "temas": ["uno"], "codigo_tupa": "PA1"}[name]
    assert changed_aspects(ficha(), ficha(**{name: value})) == set()
