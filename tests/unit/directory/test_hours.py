from datetime import datetime

import pytest

from cms.directory.answers import answer_sede
from cms.directory.hours import LIMA, is_open, next_opening
from cms.directory.models import Estado, Feriado, Sede
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


def test_a_centre_that_has_not_opened_is_not_open_though_its_hours_are_written(seeded: None) -> None:
    Sede.objects.filter(codigo="centro-mac-piura").update(estado=Estado.EN_IMPLEMENTACION)
    place = sede("centro-mac-piura")
    assert is_open(place, at("2026-11-20T10:00")) is None
    assert next_opening(place, at("2026-11-20T10:00")) is None
    assert "abierto" not in answer_sede(place, "horario", "es", at("2026-11-20T10:00")).texto


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("es", "Todavía no había abierto (marzo de 2027): llama al 1800 antes de ir."),
        ("qu", "Manaraqmi kichasqachu karqan (marzo killa 2027 wata)"),
    ],
)
def test_since_when_a_centre_had_not_opened_is_what_is_known_of_that_centre(
    seeded: None, locale: str, said: str
) -> None:
    Sede.objects.filter(codigo="centro-mac-puno").update(confirmado="2027-03")
    assert said in answer_sede(sede("centro-mac-puno"), "donde", locale, at("2027-04-01T10:00")).texto


@pytest.mark.parametrize(
    ("locale", "said"),
    [("es", "9 de diciembre de 2026, Batalla de Ayacucho: 09:00 – 13:30"), ("qu", ": 09:00 – 13:30")],
)
def test_the_hours_of_every_holiday_of_the_week_are_told(seeded: None, locale: str, said: str) -> None:
    told = answer_sede(sede("centro-mac-piura"), "horario", locale, at("2026-12-06T10:00")).texto
    assert said in told
    assert told.count("09:00 – 13:30") >= 3
    later = answer_sede(sede("centro-mac-piura"), "horario", locale, at("2026-12-11T10:00")).texto
    assert "Ayacucho" not in later


def test_a_day_that_an_editor_wrote_is_told_before_it_comes(seeded: None) -> None:
    place = sede("centro-mac-piura")
    place.dias_especiales.create(fecha=at("2026-11-20T10:00").date(), motivo="fumigación")
    place = sede("centro-mac-piura")
    told = answer_sede(place, "horario", "es", at("2026-11-17T10:00")).texto
    assert "20 de noviembre de 2026, fumigación: cerrado" in told
    in_quechua = answer_sede(place, "horario", "qu", at("2026-11-17T10:00")).texto
    assert "wichqasqa" in in_quechua
    assert "fumigación" not in in_quechua


def test_where_a_holiday_changes_nothing_nothing_is_said_of_it(seeded: None) -> None:
    place = alo_mac()
    assert place is not None
    told = answer_sede(place, "horario", "es", at("2026-12-06T10:00")).texto
    assert "Inmaculada" not in told
    assert "Ayacucho" not in told


def test_hours_of_holidays_that_are_not_for_all_days_name_their_days(seeded: None) -> None:
    told = answer_sede(sede("centro-mac-piura"), "horario", "es", at("2026-11-20T10:00")).texto
    assert "feriados (lunes a sábado): 09:00 – 13:30" in told
