"""What an editor publishes for the days that are, told by the assistant while it is in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.directory.models import Sede
from cms.notices.models import Aviso
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
