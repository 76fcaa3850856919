"""The Spanish of a package that waits is translated ahead; the Quechua takes force with all of it, or never."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.operations.force import take_force_due
from cms.editing.proposals import Accion, Proposal
from cms.editing.translation import exporting, progress
from cms.editing.translation.desk import Frase, desk
from cms.editing.translation.models import Avance
from cms.editing.translation.operations import save_word
from cms.tramites.operations import save_translations
from cms.tramites.queries import published
from cms.tramites.schema import Ficha, Traduccion, seal
from tests.unit.editing.packages.conftest import (
    DNI,
    NUEVA,
    RENOVACION,
    accept_all,
    brand_new,
    draft,
    reniec,
    rosa,
    shown,
    with_facts,
)

__all__ = ["draft", "reniec", "rosa"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
KEY = "descripcion"
COMING = "Sirve para tener otro DNI cuando se te perdió o te lo robaron."
SAID = "Huk DNIta hurqunaykipaq, chinkarusqaykipi utaq suwarusuptiykipas."
Commits = Callable[..., Any]


def with_other_words() -> Ficha:
    return with_facts(DNI, {KEY: COMING})


@pytest.fixture
def waiting(draft: Paquete, berta: User, django_capture_on_commit_callbacks: Commits) -> Paquete:
    """Sent for approval, for a day to come: one sentence of one ficha changes, and another ficha is new."""
    draft.en_vigor_at = timezone.now() + timedelta(days=30)
    draft.save(update_fields=["en_vigor_at"])
    new = [
        Proposal(DNI, Accion.CAMBIA, with_other_words()),
        Proposal(NUEVA, Accion.NUEVA, brand_new()),
    ]
    operations.put(draft, new, by=berta)
    accept_all(draft, by=berta, why="Así lo dice la norma")
    progress.refresh([DNI])
    with django_capture_on_commit_callbacks(execute=True):
        return operations.submit(draft, by=berta)


def coming(codigo: str = DNI) -> list[Frase]:
    mesa = desk(codigo)
    return [frase for frase in mesa.frases if not frase.publica] if mesa else []


def ahead(codigo: str = DNI) -> int:
    return Avance.objects.filter(codigo=codigo).values_list("adelanto", flat=True).first() or 0


def translate(by: User) -> None:
    [frase] = coming()
    save_word(DNI, frase.clave, sello=frase.sello, texto=SAID, edicion=0, variedad="quy", by=by)


def quechua() -> str | None:
    return published(DNI).ficha.quechua(KEY)


def test_the_coming_spanish_is_on_the_desk_with_its_package_and_counts_as_work_ahead(
    client: Client, waiting: Paquete, tomasa: User
) -> None:
    assert [(frase.clave, frase.castellano) for frase in coming()] == [(KEY, COMING)]
    assert ahead() == 1
    client.force_login(tomasa)
    page = client.get(f"/admin/traduccion/ficha/{DNI}/").content.decode()
    assert "Paquete «TUPA 2026»: rige desde el" in page
    assert client.get("/admin/traduccion/?estado=adelanto").content.decode().count(DNI) > 0


def test_a_ficha_that_only_the_package_knows_can_be_translated_too(waiting: Paquete, tomasa: User) -> None:
    named = next(frase for frase in coming(NUEVA) if frase.clave == "nombre")
    save_word(
        NUEVA, "nombre", sello=named.sello, texto="Musuq constancia", edicion=0, variedad="quy", by=tomasa
    )
    row = Avance.objects.get(codigo=NUEVA)
    assert (row.publica, row.traducido, row.entidad.codigo) == (False, 1, "reniec")
    progress.rebuild()
    assert Avance.objects.filter(codigo=NUEVA).exists()


def test_the_translation_takes_force_with_the_package_and_is_nowhere_before(
    waiting: Paquete, tomasa: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, revision = quechua(), published(DNI).revision
    translate(tomasa)
    assert (ahead(), quechua(), published(DNI).revision) == (0, before, revision)
    operations.approve(waiting, as_shown=shown(waiting), by=rosa)
    assert [frase.situacion for frase in coming()] == ["traducido"]
    at = waiting.en_vigor_at
    assert at is not None
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=1))
    assert take_force_due() == 1
    assert (published(DNI).ficha.es[KEY], quechua(), coming()) == (COMING, SAID, [])
    # One version has both: nobody reads the new Spanish beside the old Quechua.
    assert published(DNI).revision == revision + 1
    operations.undo(Paquete.objects.get(pk=waiting.pk), by=rosa, why="Derogada")
    assert (quechua(), coming()) == (before, [])


@pytest.mark.parametrize("end", ["stopped", "rejected", "taken back"])
def test_what_comes_of_no_package_any_more_is_no_work_for_a_translator(
    waiting: Paquete, berta: User, rosa: User, end: str, django_capture_on_commit_callbacks: Commits
) -> None:
    if end == "stopped":
        operations.approve(waiting, as_shown=shown(waiting), by=rosa)
    with django_capture_on_commit_callbacks(execute=True):
        if end == "stopped":
            operations.stop(waiting, by=rosa, why="Falta la resolución")
        elif end == "rejected":
            operations.reject(waiting, by=rosa, why="Falta la resolución")
        else:
            operations.reopen(waiting, by=berta)
    assert Paquete.objects.get(pk=waiting.pk).estado != Estado.APROBADO
    assert (coming(), coming(NUEVA), ahead()) == ([], [], 0)
    assert not Avance.objects.filter(codigo=NUEVA).exists()


def test_the_same_spanish_translated_elsewhere_is_offered(waiting: Paquete, rosa: User) -> None:
    word = Traduccion(texto=SAID, sello=seal(COMING), estado="traducido")
    save_translations(RENOVACION, {KEY: word}, by=rosa)
    [frase] = coming()
    assert frase.memoria is not None
    assert frase.memoria.texto == SAID


def test_a_file_for_translators_has_the_coming_spanish_and_says_of_which_package(waiting: Paquete) -> None:
    text = exporting.export([DNI])
    assert COMING in text
    assert "Paquete «TUPA 2026»" in text
