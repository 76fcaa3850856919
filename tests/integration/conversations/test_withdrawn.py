"""A button outlives the ficha it asks about: what was pressed is answered, once and honestly."""

import pytest

from cms.conversations.models import Message
from cms.tramites.models import Tramite
from tests.integration.conversations.browser import Citizen

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"
GONE = "Ese trámite ya no está publicado"


def withdraw() -> None:
    assert Tramite.objects.filter(codigo=DNI).update(estado="retirado") == 1


def test_a_button_of_a_withdrawn_ficha_is_answered(ana: Citizen) -> None:
    withdraw()
    [reply] = ana.presses(f"aspecto:{DNI}:costo")
    assert GONE in reply["text"]
    assert reply["answer"] is None
    assert [choice["payload"] for choice in reply["choices"]] == ["handoff"]


def test_a_repeat_answers_the_same_though_the_ficha_was_withdrawn_since(ana: Citizen) -> None:
    body = {"client_id": "uno", "payload": f"aspecto:{DNI}:costo"}
    first = ana.post("messages", body)
    withdraw()
    again = ana.post("messages", body)
    assert (again.status_code, again.json()) == (200, first.json())
    Tramite.objects.filter(codigo=DNI).update(codigo="otro-codigo")
    assert ana.post("messages", body).json() == first.json(), "even if nobody remembers it any more"
    assert Message.objects.filter(conversation_id=ana.id, sender="citizen").count() == 1


def test_a_ficha_that_never_was_public_is_no_button_of_ours(ana: Citizen) -> None:
    found = Tramite.objects.get(codigo=DNI)
    Tramite.objects.create(
        codigo="en-preparacion", nombre="En preparación", entidad=found.entidad, nivel="nivel"
    )
    assert ana.press("aspecto:en-preparacion:costo").status_code == 422
