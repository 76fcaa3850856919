"""Saving, signing and taking back one sentence."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.editing.translation import operations
from cms.editing.translation.models import Avance
from cms.editing.translation.rights import NotAllowed
from cms.tramites.models import FichaPage, Palabra, Version
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import seal

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"
NEW = "Pides otra vez tu DNI porque ya no lo tienes."


def publish_spanish(**words: str) -> None:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, **words}}), by=None)


def save(
    by: User, clave: str = "descripcion", texto: str = "Musuqmantam DNIykita mañakunki.", **other: Any
) -> Palabra:
    spanish = other.pop("spanish", None) or published(CODIGO).ficha.es[clave]
    row = Palabra.objects.filter(codigo=CODIGO, clave=clave, sello=seal(spanish)).first()
    given = {"sello": seal(spanish), "edicion": row.edicion if row else 0, "variedad": "quy", **other}
    return operations.save_word(CODIGO, clave, texto=texto, by=by, **given)


def test_a_saved_sentence_is_public_with_who_wrote_it(tomasa: User) -> None:
    publish_spanish(descripcion=NEW)
    row = save(tomasa)
    now = published(CODIGO).ficha
    assert now.quechua("descripcion") == "Musuqmantam DNIykita mañakunki."
    assert (row.by, row.castellano, row.estado) == (tomasa, NEW, "traducido")
    entry = Entry.objects.get(what="translation.saved", subject=CODIGO)
    assert (entry.by, entry.detail["clave"]) == (tomasa, "descripcion")


def test_saving_the_same_again_changes_nothing(tomasa: User) -> None:
    save(tomasa)
    before = (Version.objects.count(), Entry.objects.count())
    save(tomasa)
    assert (Version.objects.count(), Entry.objects.count()) == before


def test_the_second_of_two_translators_is_told_and_overwrites_nothing(tomasa: User, rita: User) -> None:
    publish_spanish(descripcion=NEW)
    save(tomasa)
    with pytest.raises(operations.EditedMeanwhile) as told:
        save(rita, texto="Huk rimaymi.", edicion=0)
    assert told.value.row is not None
    assert told.value.row.by == tomasa
    save(tomasa, texto="Musuqmanta mañakuy.", edicion=1)
    with pytest.raises(operations.EditedMeanwhile):
        save(rita, texto="Huk rimaymi.", edicion=1)
    assert published(CODIGO).ficha.quechua("descripcion") == "Musuqmanta mañakuy."


def test_text_for_a_spanish_that_was_replaced_meanwhile_is_kept_and_not_shown(tomasa: User) -> None:
    old = published(CODIGO).ficha.es["descripcion"]
    publish_spanish(descripcion=NEW)
    row = save(tomasa, texto="Ñawpa rimay.", spanish=old)
    assert row.castellano == old
    assert published(CODIGO).ficha.quechua("descripcion") == ""
    publish_spanish(descripcion=old)
    assert published(CODIGO).ficha.quechua("descripcion") == "Ñawpa rimay."


@pytest.mark.parametrize("clave", ["requisitos.no-hay", "descripcion"])
def test_a_sentence_that_never_was_cannot_be_translated(tomasa: User, clave: str) -> None:
    with pytest.raises(operations.UnknownSentence):
        save(tomasa, clave, spanish="Esta frase no está en ninguna ficha.")


def test_nothing_is_written_of_a_sentence_without_its_data(tomasa: User) -> None:
    before = published(CODIGO).ficha.qu["costos.en-linea"]
    with pytest.raises(operations.BadText, match="Falta"):
        save(tomasa, "costos.en-linea", "Internetpi paganki.")
    assert published(CODIGO).ficha.qu["costos.en-linea"] == before


def test_another_speaker_signs_and_the_signature_falls_with_the_text(tomasa: User, rita: User) -> None:
    row = save(tomasa)
    signed = operations.review_word(row, edicion=row.edicion, by=rita)
    assert (signed.estado, signed.revisor, signed.by) == ("revisado", rita, tomasa)
    assert signed.revisado_at is not None
    assert published(CODIGO).ficha.qu["descripcion"].estado == "revisado"
    changed = save(rita, texto="Yapamanta mañakuy.")
    assert (changed.estado, changed.revisor, changed.revisado_at) == ("traducido", None, None)


def test_a_signature_falls_when_the_spanish_changes(tomasa: User, rita: User) -> None:
    row = save(tomasa)
    operations.review_word(row, edicion=row.edicion, by=rita)
    publish_spanish(descripcion=NEW)
    assert published(CODIGO).ficha.quechua("descripcion") == ""


def test_nobody_signs_their_own_nor_without_quechua_nor_what_was_changed_meanwhile(
    tomasa: User, rita: User
) -> None:
    row = save(tomasa)
    with pytest.raises(NotAllowed, match="otra persona"):
        operations.review_word(row, edicion=row.edicion, by=tomasa)
    rita.speaks_quechua = False
    with pytest.raises(NotAllowed, match="habla quechua"):
        operations.review_word(row, edicion=row.edicion, by=rita)
    rita.speaks_quechua = True
    with pytest.raises(operations.EditedMeanwhile):
        operations.review_word(row, edicion=row.edicion - 1, by=rita)


def test_a_wrong_sentence_is_taken_away_from_citizens_with_the_reason(tomasa: User, rita: User) -> None:
    publish_spanish(descripcion=NEW)
    row = save(tomasa)
    with pytest.raises(operations.BadText):
        operations.send_back(row, edicion=row.edicion, by=rita, why=" ")
    operations.send_back(row, edicion=row.edicion, by=rita, why="Dice otra cosa")
    assert published(CODIGO).ficha.quechua("descripcion") == ""
    assert Entry.objects.get(what="translation.sent_back").why == "Dice otra cosa"
    saved = save(tomasa, edicion=row.edicion + 1)
    assert saved.estado == "traducido"
    assert published(CODIGO).ficha.quechua("descripcion")


def test_only_translators_and_reviewers_may_and_at_their_entity(
    diego: User, berta: User, translator_at: Callable[[str], User]
) -> None:
    for stranger in (diego, berta, translator_at("sunat")):
        with pytest.raises(NotAllowed):
            save(stranger)
    assert save(translator_at("reniec")).estado == "traducido"


def test_the_sentence_of_a_draft_can_be_translated_ahead_and_holds_once_it_is_public(tomasa: User) -> None:
    standing = published(CODIGO).ficha.quechua("nombre")
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre para el duplicado"
    revision = page.save_revision()
    save(tomasa, "nombre", "Huk suti", spanish="Otro nombre para el duplicado")
    assert published(CODIGO).ficha.quechua("nombre") == standing
    revision.publish()
    assert published(CODIGO).ficha.quechua("nombre") == "Huk suti"


def test_publishing_loses_nothing_that_was_translated(tomasa: User) -> None:
    save(tomasa, texto="Kaymi musuq rimay.")
    publish_spanish(nombre="Otro nombre")
    assert published(CODIGO).ficha.quechua("descripcion") == "Kaymi musuq rimay."


def test_saving_counts_anew(tomasa: User) -> None:
    publish_spanish(descripcion=NEW)
    save(tomasa)
    row = Avance.objects.get(codigo=CODIGO)
    words = len(published(CODIGO).ficha.es)
    assert row.traducido + row.revisado + row.falta + row.desactualizado + row.borrador == words
    assert row.desactualizado == 0


@pytest.mark.slow
def test_of_many_who_save_one_sentence_at_once_one_wins_and_all_others_are_told(live_seed: None) -> None:
    spanish = published(CODIGO).ficha.es["descripcion"]
    standing = Palabra.objects.get(codigo=CODIGO, clave="descripcion", sello=seal(spanish)).edicion
    group, _ = Group.objects.get_or_create(name=str(Role.TRANSLATOR))
    people = [User.objects.create_user(f"persona-{letter}") for letter in "abcdefgh"]
    for person in people:
        person.groups.set([group])
    start = threading.Barrier(len(people))

    def write(person: User) -> str:
        try:
            start.wait()
            operations.save_word(
                CODIGO, "descripcion", sello=seal(spanish), texto=f"{person} rimaynin", edicion=standing, variedad="quy", by=person
            )  # fmt: skip
            return str(person)
        except operations.EditedMeanwhile:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        won = [name for name in pool.map(write, people) if name]
    assert len(won) == 1
    assert published(CODIGO).ficha.quechua("descripcion") == f"{won[0]} rimaynin"
