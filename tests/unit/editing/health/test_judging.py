"""What of a ficha needs a person, by rules over what is public."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from cms.editing.health.judging import Trouble, add_months, addresses, last_seen, troubles
from cms.editing.health.models import Clase
from cms.tramites.schema import Aspecto, Confianza, Evidencia, Ficha
from cms.tramites.seed import read_fichas

TODAY = date(2026, 11, 21)


@cache
def fichas() -> dict[str, Ficha]:
    return {ficha.codigo: ficha for ficha in read_fichas(settings.CONTENT_DIR / "fichas")}


@pytest.fixture
def dni() -> Ficha:
    return fichas()["reniec-dni-duplicado"]


def judged(ficha: Ficha, today: date = TODAY) -> dict[Clase, Trouble]:
    return {trouble.clase: trouble for trouble in troubles(ficha, today=today, months=12)}


def with_facts(ficha: Ficha, **facts: Any) -> Ficha:
    return ficha.model_copy(update={"hechos": ficha.hechos.model_copy(update=facts)})


def test_doubt_blanks_and_what_is_said_to_be_unconfirmed_are_told_apart(dni: Ficha) -> None:
    found = judged(dni)
    assert Aspecto.PLAZO in found[Clase.CONFIANZA].aspectos
    assert found[Clase.CONFIANZA].detalle == "1 de ellos con confianza baja"
    assert Aspecto.HORARIO in found[Clase.BLANCO].aspectos
    assert set(found[Clase.POR_CONFIRMAR].aspectos) == {Aspecto.COSTO, Aspecto.VIGENCIA, Aspecto.CALIFICACION}
    assert not set(found[Clase.BLANCO].aspectos) & set(found[Clase.CONFIANZA].aspectos)


def test_a_review_is_due_so_many_months_after_somebody_last_looked(dni: Ficha) -> None:
    assert Clase.VENCIDA not in judged(dni, date(2027, 11, 19))
    due = judged(dni, date(2027, 11, 20))[Clase.VENCIDA]
    assert due.desde == date(2027, 11, 20)
    assert Aspecto.COSTO in due.aspectos


def test_who_never_looked_is_no_date(dni: Ficha) -> None:
    evidence = {Aspecto.COSTO: Evidencia(confianza=Confianza.MEDIA, fuente="Un volante")}
    assert judged(with_facts(dni, evidencia=evidence))[Clase.NUNCA].aspectos == (Aspecto.COSTO,)


@pytest.mark.parametrize(
    ("fecha", "seen"),
    [
        ("2024", date(2024, 12, 28)),
        ("2024-02", date(2024, 2, 28)),
        ("2024-05-31", date(2024, 5, 31)),
        ("2024-02-31", None),
    ],
)
def test_a_source_is_as_old_as_its_date_tells(fecha: str, seen: date | None) -> None:
    assert last_seen(Evidencia(confianza=Confianza.MEDIA, fuente="x", fecha=fecha)) == seen


def test_months_end_in_every_month() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 1), 12) == date(2027, 12, 1)


def test_missing_and_stale_quechua_are_counted_by_sentence(dni: Ficha) -> None:
    some = dict(list(dni.qu.items()))
    gone = next(iter(some))
    del some[gone]
    changed = dni.model_copy(update={"qu": some, "es": {**dni.es, "donde": "En otro lugar."}})
    found = judged(changed)
    assert found[Clase.QUECHUA_VIEJO].aspectos == (Aspecto.DONDE,)
    assert found[Clase.QUECHUA_FALTA].cuantos >= 1


def test_every_ficha_of_the_seed_can_be_judged() -> None:
    for ficha in fichas().values():
        for trouble in troubles(ficha, today=TODAY, months=12):
            assert trouble.cuantos > 0
            assert set(trouble.aspectos) <= set(Aspecto)


def test_each_address_is_named_with_its_aspect_and_once(dni: Ficha) -> None:
    found = list(addresses(dni))
    assert len(found) == len(set(found))
    assert {aspecto for url, aspecto in found if "elcomercio" in url} >= {Aspecto.COSTO, Aspecto.REQUISITOS}
    assert all(url.startswith("http") for url, _aspecto in found)


def test_a_sentence_that_is_hard_to_read_is_named_by_its_aspect(dni: Ficha) -> None:
    easy = {"descripcion": "Pides tu DNI otra vez. Lo pides si se perdió o si te lo robaron. Va a tu casa."}
    assert Clase.DIFICIL not in judged(dni.model_copy(update={"es": easy}))
    hard = (
        "Los administrados deberán acreditar documentalmente la titularidad correspondiente, "
        "adjuntando obligatoriamente declaraciones juradas debidamente legalizadas."
    )
    found = judged(dni.model_copy(update={"es": {**easy, "descripcion": hard, "base_legal": hard}}))[
        Clase.DIFICIL
    ]
    assert (found.aspectos, found.cuantos) == ((Aspecto.DESCRIPCION,), 1)
    assert found.detalle.startswith("la más difícil: ")


def test_most_of_what_the_portal_is_filled_with_is_easy() -> None:
    hard = [codigo for codigo, ficha in fichas().items() if Clase.DIFICIL in judged(ficha)]
    assert len(hard) < len(fichas()) / 4
