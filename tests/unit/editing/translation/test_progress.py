"""Counting how far each ficha is."""

from collections import Counter

import pytest
from django.test import TestCase

from cms.accounts.models import User
from cms.conversations.models import Conversation, Message
from cms.editing.translation.models import Avance
from cms.editing.translation.progress import follow_change, rebuild, refresh
from cms.editing.translation.states import Situacion
from cms.editing.translation.tasks import rebuild_progress
from cms.publishing.models import Change
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.operations import publish_ficha, save_translations, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Traduccion, seal

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


def counts() -> Counter[str]:
    row = Avance.objects.get(codigo=CODIGO)
    return Counter({str(state): getattr(row, state) for state in Situacion}) + Counter(
        {"adelanto": row.adelanto}
    )


def test_every_public_ficha_and_every_draft_has_a_row() -> None:
    assert rebuild_progress() == Tramite.objects.public().count()
    assert set(Avance.objects.values_list("codigo", flat=True)) == set(
        Tramite.objects.values_list("codigo", flat=True)
    )


def test_each_state_is_counted() -> None:
    ficha = published(CODIGO).ficha
    words = len(ficha.es)
    new = {
        "nombre": "Otro nombre",
        "donde": "Otro lugar",
        "resultado": "Otro resultado",
        "quien": "Cualquiera",
    }
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, **new}}), by=None)
    for key, state in (("nombre", "revisado"), ("donde", "borrador")):
        word = Traduccion.model_validate({"texto": "Rimay", "sello": seal(new[key]), "estado": state})
        save_translations(CODIGO, {key: word}, by=None)
    refresh([CODIGO])
    assert counts() == {"revisado": 1, "borrador": 1, "desactualizado": 1, "falta": 1, "traducido": words - 3}


def test_what_a_draft_adds_is_counted_apart() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre"
    page.save_revision()
    refresh([CODIGO])
    assert counts()["adelanto"] == 1
    assert Avance.objects.get(codigo=CODIGO).nombre != "Otro nombre"


def test_what_is_withdrawn_is_no_work_any_more() -> None:
    refresh([CODIGO])
    withdraw(CODIGO, by=None, why="Ya no existe")
    follow_change(Change.objects.filter(key=CODIGO).latest("pk"))
    assert not Avance.objects.filter(codigo=CODIGO).exists()


def test_changes_of_other_things_are_none_of_its_business() -> None:
    follow_change(Change(topic="sede", key=CODIGO))
    assert not Avance.objects.exists()


def test_a_draft_saved_by_a_person_is_counted_when_it_is_saved(berta: User) -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision(user=berta)
    assert counts()["adelanto"] == 1


def test_what_citizens_ask_about_comes_first() -> None:
    conversation = Conversation.objects.create(locale="es")
    for seq in (1, 2):
        Message.objects.create(
            conversation=conversation,
            seq=seq,
            sender="assistant",
            locale="es",
            text="…",
            answer={"codigo": "osce-rnp"},
        )
    rebuild()
    first = Avance.objects.first()
    assert first is not None
    assert (first.codigo, first.consultas) == ("osce-rnp", 2)
    refresh(["osce-rnp"])
    assert Avance.objects.get(codigo="osce-rnp").consultas == 2
