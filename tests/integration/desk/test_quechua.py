"""Quechua between chats: a sentence at a time is corrected and signed, and the signature falls with the Spanish."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import phrases
from cms.desk import signing
from cms.desk.models import SignedPhrase
from cms.editing.translation import progress
from cms.editing.translation.desk import desk as translation_desk
from cms.editing.translation.states import Situacion
from cms.tramites.models import Palabra
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import seal

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
CODIGO = "reniec-dni-duplicado"
SIGN = "/desk/quechua/frase/"


def form_of(key: str, **changes: str) -> dict[str, str]:
    found = signing.phrase(key)
    assert found is not None
    given = {"clave": key, "sello": found.sello, "texto": found.texto, "variedad": "quz", "accion": "firmar"}
    return {**given, **changes}


@pytest.fixture
def desk(desk_of: Desk, quilla: User, seeded: None) -> Client:
    return desk_of(quilla)


def test_a_sentence_that_is_corrected_and_signed_is_what_citizens_get(desk: Client, quilla: User) -> None:
    before = phrases.say("thanks", "qu")
    desk.post(SIGN, form_of("thanks", texto="Ama llakikuychu, kaypim kani."))
    cache.clear()
    assert before != phrases.say("thanks", "qu") == "Ama llakikuychu, kaypim kani."
    assert phrases.say("thanks", "es") == "De nada. Si necesitas algo más, aquí estoy."
    signed = SignedPhrase.objects.get()
    assert (signed.by, signed.variedad, signed.antes) == (quilla, "quz", before)
    assert Entry.objects.get(what="phrase.signed").by == quilla
    assert "quilla, quz" in desk.get("/desk/quechua/").content.decode()


def test_the_signature_falls_when_the_spanish_changes(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = phrases.say("thanks", "qu")
    desk.post(SIGN, form_of("thanks", texto="Kaypim kani."))
    old = seal(phrases.say("thanks", "es"))
    monkeypatch.setitem(phrases.SAY, "thanks", lambda: "De nada, con gusto.")
    cache.clear()
    found = signing.phrase("thanks")
    assert found is not None
    assert (found.signed, phrases.say("thanks", "qu") in ("Kaypim kani.", catalogue)) == (None, False)
    refused = desk.post(SIGN, {**form_of("thanks"), "sello": old})
    assert refused.status_code == 409


def test_what_leaves_room_for_a_value_keeps_it(desk: Client) -> None:
    refused = desk.post(SIGN, form_of("rated", texto="Añay {nombre}"))
    assert (refused.status_code, SignedPhrase.objects.count()) == (422, 0)
    assert "Añay {nombre}" in refused.content.decode(), "what was typed stays"
    position = form_of("queue_position", texto="Filapi kachkanki.")
    assert desk.post(SIGN, position).status_code == 422
    right = form_of("queue_position", texto="Filapiqa {position} kaqmi kanki.")
    assert desk.post(SIGN, right).status_code == 302


def test_what_is_skipped_comes_no_more_today(desk: Client) -> None:
    unsigned = [row.key for row in signing.phrases() if row.signed is None]
    assert f'value="{unsigned[0]}"' in desk.get("/desk/quechua/").content.decode()
    desk.post(SIGN, form_of(unsigned[0], accion="saltar"))
    assert f'value="{unsigned[1]}"' in desk.get("/desk/quechua/").content.decode()


def test_who_does_not_speak_it_signs_nothing(desk_of: Desk, carlos: User, seeded: None) -> None:
    refused = desk_of(carlos).post(SIGN, form_of("thanks"))
    assert (refused.status_code, SignedPhrase.objects.count()) == (403, 0)
    assert desk_of(carlos).get("/desk/quechua/").status_code == 403
    assert "/desk/quechua/" not in desk_of(carlos).get("/desk/").content.decode()


def word_form(page: str) -> dict[str, str]:
    """The sentence the page shows, as its form would send it."""
    import re

    def value(name: str) -> str:
        [found] = re.findall(rf'name="{name}" value="([^"]*)"', page)
        return str(found)

    row = Palabra.objects.get(codigo=value("codigo"), clave=value("clave"), sello=value("sello"), locale="qu")
    given = {name: value(name) for name in ("codigo", "clave", "sello", "edicion")}
    return {**given, "texto": row.texto, "variedad": row.variedad, "accion": "firmar"}


@pytest.fixture
def word(desk: Client, fresh_index: Any) -> dict[str, str]:
    progress.rebuild()
    return word_form(desk.get("/desk/quechua/?de=fichas").content.decode())


def situation(word: dict[str, str]) -> Situacion:
    mesa = translation_desk(word["codigo"])
    frase = mesa.frase(word["clave"], word["sello"]) if mesa else None
    assert frase is not None
    return frase.situacion


def test_a_sentence_of_a_ficha_left_as_it_is_is_signed(
    desk: Client, quilla: User, word: dict[str, str]
) -> None:
    assert situation(word) == Situacion.TRADUCIDO
    assert desk.post("/desk/quechua/ficha/", word).status_code == 302
    row = Palabra.objects.get(codigo=word["codigo"], clave=word["clave"], sello=word["sello"], locale="qu")
    assert (row.revisor, situation(word)) == (quilla, Situacion.REVISADO)
    following = word_form(desk.get("/desk/quechua/?de=fichas").content.decode())
    assert (following["codigo"], following["clave"]) != (word["codigo"], word["clave"])


def test_one_that_was_corrected_waits_for_another_speaker(
    desk: Client, quilla: User, word: dict[str, str]
) -> None:
    corrected = word["texto"] + " Allinmi."
    assert desk.post("/desk/quechua/ficha/", {**word, "texto": corrected}).status_code == 302
    row = Palabra.objects.get(codigo=word["codigo"], clave=word["clave"], sello=word["sello"], locale="qu")
    assert (row.texto, row.by, row.revisor) == (corrected, quilla, None)
    again = desk.post("/desk/quechua/ficha/", {**word, "texto": corrected, "edicion": str(row.edicion)})
    assert (again.status_code, "otra persona" in again.content.decode()) == (403, True)


def test_what_is_asked_of_a_sentence_is_answered_beside_it(
    desk: Client, quilla: User, word: dict[str, str]
) -> None:
    """A number said twice where the Spanish says it once, for example: right here, as a rule wrong."""
    spanish = translation_desk(word["codigo"]).frase(word["clave"], word["sello"]).castellano  # type: ignore[union-attr]
    given = {**word, "texto": spanish}
    refused = desk.post("/desk/quechua/ficha/", given)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Es igual al castellano." in page
    assert 'name="acepta" value="igual"' in page
    assert desk.post("/desk/quechua/ficha/", {**given, "acepta": "igual"}).status_code == 302
    row = Palabra.objects.get(codigo=word["codigo"], clave=word["clave"], sello=word["sello"], locale="qu")
    assert (row.texto, row.by) == (spanish, quilla)


@pytest.fixture
def outdated(desk: Client, fresh_index: Any) -> dict[str, str]:
    """A sentence whose Spanish changed after somebody had translated it, as the page offers it."""
    found = published(CODIGO).ficha
    changed = found.es["descripcion"] + " Es tuyo."
    publish_ficha(found.model_copy(update={"es": {**found.es, "descripcion": changed}}), by=None)
    Palabra.objects.exclude(codigo=CODIGO).update(estado=Palabra.Estado.REVISADO)
    Palabra.objects.exclude(clave="descripcion").update(estado=Palabra.Estado.REVISADO)
    progress.rebuild()
    page = desk.get("/desk/quechua/?de=fichas").content.decode()
    assert "El castellano cambió después de esta traducción" in page
    assert "<ins>" in page
    before = Palabra.objects.filter(codigo=CODIGO, clave="descripcion", locale="qu").latest("at")
    return {
        "codigo": CODIGO, "clave": "descripcion", "sello": seal(changed), "edicion": "0",
        "texto": before.texto, "variedad": "quy", "accion": "vigente",
    }  # fmt: skip


def test_a_translation_that_still_holds_is_kept_for_the_new_spanish(
    desk: Client, quilla: User, outdated: dict[str, str]
) -> None:
    by_saving = desk.post("/desk/quechua/ficha/", {**outdated, "accion": "firmar"})
    assert by_saving.status_code == 422
    assert "Sigue valiendo" in by_saving.content.decode()
    assert published(CODIGO).ficha.quechua("descripcion") == ""
    assert desk.post("/desk/quechua/ficha/", outdated).status_code == 302
    assert published(CODIGO).ficha.quechua("descripcion") == outdated["texto"]
    row = Palabra.objects.get(codigo=CODIGO, clave="descripcion", sello=outdated["sello"], locale="qu")
    assert (row.by, row.estado) == (quilla, Palabra.Estado.TRADUCIDO), "another speaker signs it"


def test_what_no_ficha_says_is_not_kept(desk: Client, outdated: dict[str, str]) -> None:
    assert desk.post("/desk/quechua/ficha/", {**outdated, "sello": "0" * 12}).status_code == 409


def test_one_that_is_wrong_is_taken_away_from_citizens(desk: Client, word: dict[str, str]) -> None:
    given = {**word, "accion": "devolver"}
    assert desk.post("/desk/quechua/ficha/", given).status_code == 422, "say what is wrong"
    assert desk.post("/desk/quechua/ficha/", {**given, "motivo": "no se entiende"}).status_code == 302
    assert situation(word) == Situacion.BORRADOR


def test_an_agent_without_quechua_signs_no_ficha_either(
    desk_of: Desk, carlos: User, word: dict[str, str]
) -> None:
    assert desk_of(carlos).post("/desk/quechua/ficha/", word).status_code == 403
