import pytest
from django.core.exceptions import ValidationError

from cms.audit.models import Entry
from cms.publishing.models import Change, ChangeKind, OutboxRow
from cms.publishing.registry import followers
from cms.tramites.models import FichaPage, Palabra, Tramite, Version
from cms.tramites.operations import publish_ficha, save_translations, withdraw
from cms.tramites.queries import TramiteNotFound, ficha_of, published
from cms.tramites.schema import Traduccion, seal

CODIGO = "reniec-dni-duplicado"

pytestmark = pytest.mark.django_db


def change_fee(amount: str) -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    fee = page.costos.get(clave="en-linea")
    fee.monto = amount
    page.costos = [fee if row.clave == "en-linea" else row for row in page.costos.all()]
    page.nota_cambio, page.norma_cambio = "Sube la tasa", "RJ 001-2026"
    page.save_revision().publish()


def test_publishing_in_wagtail_makes_the_next_version() -> None:
    before = published(CODIGO).revision
    change_fee("44.00")
    now = published(CODIGO)
    assert now.revision == before + 1
    assert [str(row.monto) for row in now.ficha.hechos.costos if row.clave == "en-linea"] == ["44.00"]
    assert (now.version.nota, now.version.norma) == ("Sube la tasa", "RJ 001-2026")
    assert "costos" in now.version.cambios


def test_what_was_shown_before_can_be_shown_again() -> None:
    before = published(CODIGO)
    change_fee("44.00")
    assert published(CODIGO, revision=before.revision).ficha == before.ficha


def test_publishing_the_same_again_changes_nothing() -> None:
    versions, changes = Version.objects.count(), Change.objects.count()
    FichaPage.objects.get(codigo=CODIGO).save_revision().publish()
    assert (Version.objects.count(), Change.objects.count()) == (versions, changes)


def test_every_follower_gets_one_row_of_the_same_transaction() -> None:
    change_fee("44.00")
    change = Change.objects.get(key=CODIGO, kind=ChangeKind.CHANGED)
    assert "search" in followers()
    assert sorted(OutboxRow.objects.filter(change=change).values_list("follower", flat=True)) == sorted(
        followers()
    )


def test_a_draft_is_nowhere() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Un borrador"
    page.save_revision()
    assert published(CODIGO).ficha.es["nombre"] != "Un borrador"


def test_unpublishing_withdraws_it() -> None:
    FichaPage.objects.get(codigo=CODIGO).unpublish()
    with pytest.raises(TramiteNotFound):
        published(CODIGO)
    assert Change.objects.filter(key=CODIGO, kind=ChangeKind.WITHDRAWN).exists()


def test_deleting_the_page_withdraws_it_and_keeps_its_history() -> None:
    FichaPage.objects.get(codigo=CODIGO).delete()
    with pytest.raises(TramiteNotFound):
        published(CODIGO)
    assert Version.objects.filter(tramite__codigo=CODIGO).exists()


def test_a_withdrawn_tramite_names_its_replacement_and_can_come_back() -> None:
    withdraw(CODIGO, by=None, why="Ya no existe", replaced_by="reniec-dni-renovacion")
    gone = Tramite.objects.get(codigo=CODIGO)
    assert gone.reemplazo is not None
    assert (gone.reemplazo.codigo, gone.motivo_retiro) == ("reniec-dni-renovacion", "Ya no existe")
    assert gone.version is not None
    publish_ficha(ficha_of(gone.version), by=None)
    assert published(CODIGO).tramite.motivo_retiro == ""


def test_withdrawing_what_is_not_public_is_an_error() -> None:
    with pytest.raises(TramiteNotFound):
        withdraw("no-existe", by=None, why="")


def test_a_translation_is_published_with_the_facts_that_stand() -> None:
    spanish = published(CODIGO).ficha.es["descripcion"]
    word = Traduccion(texto="Musuq DNIyta mañakuni.", sello=seal(spanish))
    save_translations(CODIGO, {"descripcion": word}, by=None)
    now = published(CODIGO).ficha
    assert now.qu["descripcion"].texto == "Musuq DNIyta mañakuni."
    assert not now.is_stale("descripcion")


def test_a_draft_in_spanish_does_not_go_out_with_a_translation() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Un borrador"
    page.save_revision()
    save_translations(CODIGO, {"nombre": Traduccion(texto="Huk suti", sello=seal("Un borrador"))}, by=None)
    assert published(CODIGO).ficha.es["nombre"] != "Un borrador"


def test_a_row_taken_out_takes_its_quechua_with_it() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.requisitos = [row for row in page.requisitos.all() if row.clave != "pago"]
    page.save_revision().publish()
    now = published(CODIGO).ficha
    assert "requisitos.pago" not in now.qu
    assert "requisitos.datos-al-dia" in now.qu


def test_the_note_of_one_change_is_not_that_of_the_next() -> None:
    change_fee("44.00")
    page = FichaPage.objects.get(codigo=CODIGO).get_latest_revision_as_object()
    page.title = "Otro nombre"
    page.save_revision().publish()
    assert (published(CODIGO).version.nota, published(CODIGO).version.norma) == ("", "")


def test_whoever_unpublishes_without_a_reason_gives_none() -> None:
    FichaPage.objects.get(codigo=CODIGO).unpublish()
    assert Tramite.objects.get(codigo=CODIGO).motivo_retiro == ""


def test_the_code_of_a_published_ficha_does_not_change() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.codigo = "reniec-otro"
    with pytest.raises(ValidationError, match="no cambia"):
        page.clean()


def say(key: str, texto: str, spanish: str, estado: str = "traducido") -> None:
    word = Traduccion.model_validate({"texto": texto, "sello": seal(spanish), "estado": estado})
    save_translations(CODIGO, {key: word}, by=None, spanish={key: spanish})


def change_name(name: str) -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = name
    page.save_revision().publish()


def test_a_machine_draft_is_in_no_version_and_does_not_push_out_what_a_person_wrote() -> None:
    before = published(CODIGO)
    say("nombre", "Makinapa qillqasqan", "Otro nombre", estado="borrador")
    assert published(CODIGO).ficha.qu["nombre"] == before.ficha.qu["nombre"]
    change_name("Otro nombre")
    now = published(CODIGO).ficha
    assert now.name("qu") == "Otro nombre"
    assert "Makina" not in str(Version.objects.filter(tramite__codigo=CODIGO).first().payload)  # type: ignore[union-attr]


def test_quechua_prepared_for_a_draft_holds_as_soon_as_the_draft_is_public() -> None:
    standing = published(CODIGO).ficha.name("qu")
    say("nombre", "Huk suti", "Otro nombre")
    assert published(CODIGO).ficha.name("qu") == standing
    change_name("Otro nombre")
    assert published(CODIGO).ficha.name("qu") == "Huk suti"


def test_quechua_holds_again_when_its_spanish_returns() -> None:
    first = published(CODIGO).ficha
    change_name("Otro nombre")
    assert published(CODIGO).ficha.is_stale("nombre")
    say("nombre", "Huk suti", "Otro nombre")
    change_name(first.es["nombre"])
    assert published(CODIGO).ficha.name("qu") == first.name("qu")


def test_a_translation_keeps_the_spanish_it_translates() -> None:
    say("nombre", "Huk suti", "Otro nombre")
    kept = Palabra.objects.get(codigo=CODIGO, clave="nombre", sello=seal("Otro nombre"))
    assert kept.castellano == "Otro nombre"
    assert set(Palabra.objects.filter(castellano="").values_list("clave", flat=True)) == set()


def test_publishing_is_in_the_audit() -> None:
    change_fee("44.00")
    assert Entry.objects.filter(what="tramite.published", subject=CODIGO, why="Sube la tasa").count() == 1


def test_audit_entries_are_neither_changed_nor_deleted() -> None:
    entry = Entry.objects.create(what="x", subject="y")
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
