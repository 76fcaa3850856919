from datetime import datetime

import pytest

from cms.directory.answers import answer_sede
from cms.directory.hours import LIMA, is_open, next_opening
from cms.directory.models import Feriado, Sede
from cms.directory.queries import alo_mac, sede

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LIMA)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20T08:29", False),
        ("2026-11-20T08:30", True),
        ("2026-11-20T18:29", True),
        ("2026-11-20T18:30", False),
        ("2026-11-21T09:00", True),
        ("2026-11-21T13:30", False),
        ("2026-11-22T10:00", False),
        ("2026-07-28T08:45", False),  # Fiestas Patrias: the hours of holidays
        ("2026-07-28T10:00", True),
        ("2026-07-28T14:00", False),
    ],
)
def test_a_centre_opens_by_its_hours_and_by_those_of_holidays(moment: str, expected: bool) -> None:
    assert is_open(sede("centro-mac-piura"), at(moment)) is expected


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    express = Sede.objects.filter(modalidad="tambo").first()
    assert express is not None
    assert is_open(express, at("2026-11-20T10:00")) is None
    assert next_opening(express, at("2026-11-20T10:00")) is None


def test_lima_decides_not_the_clock_of_the_caller() -> None:
    assert is_open(sede("centro-mac-piura"), datetime.fromisoformat("2026-11-20T23:15:00+00:00")) is True


def test_after_saturday_noon_it_opens_on_monday() -> None:
    assert next_opening(sede("centro-mac-piura"), at("2026-11-21T14:00")) == at("2026-11-23T08:30")


def test_a_holiday_moves_the_next_opening() -> None:
    Feriado.objects.create(fecha="2026-11-23", nombre="Un feriado de prueba")
    assert next_opening(sede("centro-mac-piura"), at("2026-11-21T14:00")) == at("2026-11-23T09:00")


def test_people_answer_the_phone_until_eight_even_on_holidays() -> None:
    line = alo_mac()
    assert line is not None
    moments = ["2026-07-28T10:00", "2026-11-22T19:59", "2026-11-22T20:00", "2026-11-22T07:59"]
    assert [is_open(line, at(moment)) for moment in moments] == [True, True, False, False]


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_what_is_not_known_of_a_place_is_said_so(locale: str) -> None:
    express = Sede.objects.filter(modalidad="tambo").first()
    assert express is not None
    said = answer_sede(express, "horario", locale, at("2026-11-20T10:00"))
    assert said.confianza == "sin_dato"
    assert "1800" in said.texto
    assert ":30" not in said.texto


def test_hours_are_told_with_the_date_they_were_confirmed() -> None:
    said = answer_sede(sede("centro-mac-piura"), "horario", "es", at("2026-11-20T10:00"))
    assert "lunes a viernes: 08:30 – 18:30" in said.texto
    assert "abierto, hasta las 18:30" in said.texto
    assert "diciembre de 2023" in said.texto
