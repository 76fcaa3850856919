"""What an editor publishes for the days that are, told by the assistant while it is in force."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cms.conversations.availability import is_attended_hour, next_opening_of_alo_mac
from cms.directory.models import Sede
from cms.directory.queries import alo_mac
from cms.notices.models import Aviso, Tipo
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db


def notice(titulo: str, texto: str, **more: Any) -> Aviso:
    now = timezone.now()
    values: dict[str, Any] = {
        "titulo_qu": "Llukllamanta wichqasqa",
        "texto_qu": "Manam rinachu.",
        "desde": now - timedelta(hours=1),
        "hasta": now + timedelta(hours=1),
        "fuente": "Comunicado 12 de la PCM",
        "fuente_fecha": date(2026, 11, 20),
        **more,
    }
    return Aviso.objects.create(titulo=titulo, texto=texto, **values)


def test_notices_are_told_with_their_source_and_never_after_their_end(ana: Citizen, rasa: RasaDouble) -> None:
    aviso = notice("Cerrado por huaico", "No vayas al centro.", regiones=["Piura"])
    rasa.results = lambda incoming: [{"type": "notices", "region": "piura"}]
    [told] = ana.says("¿hay aviso de huaico?")
    assert told["answer"] is None
    for part in (
        "Cerrado por huaico",
        "No vayas al centro.",
        "Comunicado 12 de la PCM",
        "20 de noviembre de 2026",
    ):
        assert part in told["text"]
    Aviso.objects.filter(pk=aviso.pk).update(hasta=timezone.now() - timedelta(seconds=1))
    [after] = ana.says("¿hay aviso de huaico?")
    assert "huaico" not in after["text"]


def test_only_what_is_asked_for_where_some_notice_speaks_of_it(ana: Citizen, rasa: RasaDouble) -> None:
    notice("Cerrado por huaico", "No vayas al centro.")
    notice("Sistema caído", "No hay pagos por internet.")
    rasa.results = lambda incoming: [{"type": "notices"}]
    [told] = ana.says("¿qué pasa con los pagos por internet?")
    assert "Sistema caído" in told["text"]
    assert len(ana.says("¿qué avisos hay?")) == 2


def test_the_hours_of_a_closed_place_are_never_told_without_the_closure(
    ana: Citizen, rasa: RasaDouble
) -> None:
    aviso = notice("Centro cerrado", "Hoy no atiende.")
    aviso.sedes.add(Sede.objects.get(codigo="centro-mac-callao"))
    rasa.results = lambda incoming: [{"type": "answer", "sede": "centro-mac-callao", "aspecto": "horario"}]
    hours, closed = ana.says("¿está abierto ahora el MAC Callao?")
    assert hours["answer"]["sede"] == "centro-mac-callao"
    assert closed["answer"] is None
    assert "Hoy no atiende." in closed["text"]
    rasa.results = lambda incoming: [
        {"type": "answer", "sede": "centro-mac-ventanilla", "aspecto": "horario"}
    ]
    assert len(ana.says("¿y el de Ventanilla?")) == 1


@pytest.mark.parametrize(
    ("locale", "by_its_hours", "said"),
    [
        ("es", "Según su horario, ahora está abierto", "Un aviso dice que está cerrado"),
        ("qu", "Horarionman hinaqa kunan kichasqam", "wichqasqa kasqanta nin"),
    ],
)
def test_the_chat_calls_no_place_open_that_a_notice_says_is_closed(
    seeded: None, client: Client, rasa: RasaDouble, locale: str, by_its_hours: str, said: str
) -> None:
    centre = Sede.objects.get(codigo="centro-mac-callao")
    open_at_any_time(centre)
    rosa = Citizen(client, locale=locale)
    rasa.results = lambda incoming: [{"type": "answer", "sede": centre.codigo, "aspecto": "horario"}]
    [before] = rosa.says("¿abre el MAC Callao?")
    assert by_its_hours in before["text"]
    aviso = notice("Centro cerrado", "Hoy no atiende.", tipo=Tipo.CENTRO_CERRADO)
    aviso.sedes.add(centre)
    hours, _closed = rosa.says("¿abre el MAC Callao?")
    assert said in hours["text"]
    assert by_its_hours not in hours["text"]


def test_a_place_without_known_hours_is_told_closed_too(ana: Citizen, rasa: RasaDouble) -> None:
    aviso = notice("Centro cerrado", "Hoy no atiende.", tipo=Tipo.CENTRO_CERRADO)
    aviso.sedes.add(Sede.objects.get(codigo="tambo-camicachi"))
    rasa.results = lambda incoming: [{"type": "answer", "sede": "tambo-camicachi", "aspecto": "horario"}]
    assert "Un aviso dice que está cerrado" in ana.says("¿abre el tambo?")[0]["text"]


def open_at_any_time(place: Sede) -> None:
    place.horario.all().delete()
    for holiday in (False, True):
        place.horario.create(
            dias=list(range(1, 8)), en_feriados=holiday, abre=time(0, 0), cierra=time(23, 59, 59)
        )


def test_a_notice_that_alo_mac_is_closed_promises_nobody_before_its_end(seeded: None) -> None:
    service = alo_mac()
    assert service is not None
    open_at_any_time(service)
    now = timezone.now()
    assert is_attended_hour(now)
    aviso = notice("Aló MAC no atiende", "Hoy nadie atiende.", tipo=Tipo.CENTRO_CERRADO)
    aviso.sedes.add(service)
    cache.clear()
    assert not is_attended_hour(now)
    assert next_opening_of_alo_mac(now) == aviso.hasta


@pytest.mark.parametrize("path", ["/es/", "/qu/"])
def test_the_first_page_does_not_call_alo_mac_open_against_a_notice(
    seeded: None, client: Client, path: str
) -> None:
    service = alo_mac()
    assert service is not None
    open_at_any_time(service)
    aviso = notice("Aló MAC no atiende", "Hoy nadie atiende.", tipo=Tipo.CENTRO_CERRADO)
    aviso.sedes.add(service)
    text = client.get(path).content.decode()
    assert "ahora está abierto" not in text
    assert "kunan kichasqam" not in text
