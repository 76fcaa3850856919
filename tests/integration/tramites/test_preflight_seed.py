"""The preflight beside what is really there: the seed, the UIT on record, the hours of the places."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from cms.tramites.conversion import ficha_of_page, write_ficha
from cms.tramites.loading import load_uit
from cms.tramites.models import FichaPage, Uit
from cms.tramites.preflight import Level, check
from cms.tramites.preflight.current import findings_of, missing_uit_year, shortest_days, uit_table
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza
from cms.tramites.seed import read_fichas

pytestmark = pytest.mark.django_db
UIT_FILE: Path = settings.CONTENT_DIR / "uit.yaml"


def test_no_ficha_of_the_seed_is_silent_or_stopped() -> None:
    fichas = list(read_fichas(settings.CONTENT_DIR / "fichas"))
    stopped = {
        (ficha.codigo, finding.rule)
        for ficha in fichas
        for finding in check(ficha, today=date(2026, 11, 21), uit={})
        if finding.level is Level.ERROR
    }
    assert len(fichas) == 405
    assert stopped == set()


def test_what_is_public_is_checked_with_what_is_on_record() -> None:
    found = findings_of(published("reniec-dni-duplicado").ficha)
    assert {"por-confirmar"} <= {finding.rule for finding in found}


def test_the_uit_of_five_years_is_loaded_once_and_an_editor_may_correct_it() -> None:
    assert load_uit(UIT_FILE) == 5
    Uit.objects.filter(anio=2026).update(monto=5600)
    load_uit(UIT_FILE)
    assert {year: str(amount) for year, amount in uit_table().items()} == {
        2022: "4600.00", 2023: "4950.00", 2024: "5150.00", 2025: "5350.00", 2026: "5600.00",
    }  # fmt: skip
    assert all(row.norma.startswith("Decreto Supremo") for row in Uit.objects.all())


def test_the_uit_of_next_year_is_missed_from_november() -> None:
    load_uit(UIT_FILE)
    assert missing_uit_year(date(2026, 10, 31)) is None
    assert missing_uit_year(date(2026, 11, 1)) == 2027
    assert missing_uit_year(date(2027, 1, 1)) == 2027
    Uit.objects.create(anio=2027, monto=5700, norma="Decreto Supremo de prueba")
    assert missing_uit_year(date(2026, 12, 31)) is None


def test_hours_of_places_are_read_where_they_are_known() -> None:
    assert shortest_days(["centro-mac-piura", "tambo-camicachi"]) == {"centro-mac-piura": 10.0}


def test_an_explicit_blank_survives_the_page() -> None:
    ficha = published("osce-rnp").ficha
    blank = ficha.hechos.evidencia | {Aspecto.PLAZO: ficha.hechos.evidence_of(Aspecto.PLAZO)}
    facts = ficha.hechos.model_copy(update={"evidencia": blank})
    page = FichaPage.objects.get(codigo="osce-rnp")
    write_ficha(page, ficha.model_copy(update={"hechos": facts}))
    assert ficha_of_page(page).hechos.evidencia[Aspecto.PLAZO].confianza is Confianza.SIN_DATO
