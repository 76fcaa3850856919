import importlib
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import F

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.loading import load_directory
from cms.directory.models import Sede
from cms.tramites import applying
from cms.tramites.loading import _load_ficha
from cms.tramites.models import FichaPage, Palabra, Version
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.schema import Ficha, Traduccion, seal
from cms.tramites.seed import SeedError, read_fichas

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing(load_seed: Callable[[], None]) -> None:
    before = published("osce-rnp").revision
    load_seed()
    assert published("osce-rnp").revision == before


def test_what_an_editor_changed_stays(load_seed: Callable[[], None], berta: User) -> None:
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title = "Otro nombre"
    page.save_revision(user=berta).publish()
    load_seed()
    assert published("osce-rnp").ficha.es["nombre"] == "Otro nombre"


@pytest.mark.parametrize("gone", ["delete", "unpublish"])
def test_what_was_withdrawn_stays_withdrawn(load_seed: Callable[[], None], gone: str) -> None:
    getattr(FichaPage.objects.get(codigo="osce-rnp"), gone)()
    load_seed()
    with pytest.raises(TramiteNotFound):
        published("osce-rnp")


def test_the_hours_an_editor_wrote_stay() -> None:
    sede = Sede.objects.get(codigo="centro-mac-piura")
    sede.region = "Otra"
    sede.save()
    sede.horario.update(abre=time(7, 0))
    load_directory(settings.CONTENT_DIR / "directorio")
    sede.refresh_from_db()
    assert sede.region == "Otra"
    assert {row.abre for row in sede.horario.all()} == {time(7, 0)}


def test_a_seed_file_that_is_no_ficha_is_named(tmp_path: Path) -> None:
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "mala.yaml").write_text("hechos: {codigo: x}\npalabras: {}\n")
    with pytest.raises(SeedError, match=r"mala\.yaml"):
        list(read_fichas(tmp_path))


def test_what_was_published_stays_when_its_writers_account_is_deleted(
    load_seed: Callable[[], None], berta: User
) -> None:
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title = "Otro nombre"
    page.save_revision(user=berta).publish()
    berta.delete()
    load_seed()
    assert published("osce-rnp").ficha.es["nombre"] == "Otro nombre"


def test_what_a_package_published_stays_when_its_approver_is_deleted(
    load_seed: Callable[[], None], berta: User
) -> None:
    ficha = published("osce-rnp").ficha
    changed = ficha.model_copy(update={"es": ficha.es | {"nombre": "Otro nombre"}})
    applying.write(applying.prepare([changed], lambda _codigo, accepted: accepted), by=berta)
    publish_ficha(changed, by=berta, note="Primera carga")
    berta.delete()
    load_seed()
    assert published("osce-rnp").ficha.es["nombre"] == "Otro nombre"


def test_a_draft_stays_when_its_writers_account_is_deleted(
    load_seed: Callable[[], None], berta: User, small_content: Path
) -> None:
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title = "En borrador"
    page.save_revision(user=berta)
    berta.delete()
    seed = next(ficha for ficha in read_fichas(small_content) if ficha.codigo == "osce-rnp")
    newer = seed.model_copy(update={"es": seed.es | {"nombre": "Un nombre de la entrega nueva"}})
    assert not load_ficha(newer)
    assert FichaPage.objects.get(codigo="osce-rnp").get_latest_revision().content["title"] == "En borrador"


def test_a_newer_seed_is_loaded_where_nobody_but_translators_worked(small_content: Path, berta: User) -> None:
    seed = next(ficha for ficha in read_fichas(small_content) if ficha.codigo == "osce-rnp")
    word = Traduccion(texto="RNP nisqapi qillqachikuy", sello=seal(seed.es["nombre"]), estado="traducido")
    save_translations("osce-rnp", {"nombre": word}, by=berta)
    newer = seed.model_copy(update={"es": seed.es | {"descripcion": "Lo que dice la entrega nueva."}})
    assert load_ficha(newer)
    now = published("osce-rnp").ficha
    assert (now.es["descripcion"], now.qu["nombre"].texto) == ("Lo que dice la entrega nueva.", word.texto)


def seed_with_quechua(small_content: Path, texto: str) -> Ficha:
    seed = next(ficha for ficha in read_fichas(small_content) if ficha.codigo == "osce-rnp")
    word = Traduccion(texto=texto, sello=seal(seed.es["nombre"]), estado="traducido")
    return seed.model_copy(update={"qu": {"nombre": word}})


def quechua_name() -> Palabra:
    return Palabra.objects.get(codigo="osce-rnp", clave="nombre")


def test_a_newer_quechua_of_the_seed_is_loaded_where_nobody_touched_it(small_content: Path) -> None:
    Palabra.objects.filter(codigo="osce-rnp").delete()
    for texto in ("Huk", "Iskay", "Kimsa"):
        load_ficha(seed_with_quechua(small_content, texto))
        assert quechua_name().texto == texto


def test_the_quechua_of_a_translator_stays_when_the_account_is_deleted(
    small_content: Path, berta: User
) -> None:
    Palabra.objects.filter(codigo="osce-rnp").delete()
    load_ficha(seed_with_quechua(small_content, "Huk"))
    word = Traduccion(texto="Bertapa rimaynin", sello=quechua_name().sello, estado="traducido")
    save_translations("osce-rnp", {"nombre": word}, by=berta)
    berta.delete()
    load_ficha(seed_with_quechua(small_content, "Iskay"))
    assert quechua_name().texto == "Bertapa rimaynin"


def test_a_sentence_of_the_seed_that_was_sent_back_stays_back(small_content: Path, berta: User) -> None:
    Palabra.objects.filter(codigo="osce-rnp").delete()
    load_ficha(seed_with_quechua(small_content, "Huk"))
    row = Palabra.objects.filter(codigo="osce-rnp", clave="nombre")
    row.update(estado=Palabra.Estado.BORRADOR, edicion=F("edicion") + 1)  # as the translators' desk does
    load_ficha(seed_with_quechua(small_content, "Iskay"))
    assert (quechua_name().texto, quechua_name().estado) == ("Huk", Palabra.Estado.BORRADOR)


def load_ficha(ficha: Ficha) -> bool:
    return bool(_load_ficha(ficha))


def test_an_installation_from_before_the_mark_tells_the_release_from_people_by_its_audit(
    small_content: Path, berta: User
) -> None:
    Version.objects.update(semilla=False)
    load_ficha(seed_with_quechua(small_content, "Huk"))
    Palabra.objects.update(edicion_semilla=0)
    ficha = published("reniec-dni-duplicado").ficha
    publish_ficha(
        ficha.model_copy(update={"es": ficha.es | {"nombre": "Otro"}}), by=berta, note="Primera carga"
    )
    record("translation.sent_back", "osce-rnp", by=berta, clave="nombre")
    berta.delete()
    importlib.import_module("cms.tramites.migrations.0007_mark_what_a_release_loaded").mark(apps, None)
    seeds = Version.objects.filter(semilla=True)
    assert set(seeds.filter(tramite__codigo="reniec-dni-duplicado").values_list("numero", flat=True)) == {1}
    assert seeds.filter(tramite__codigo="osce-rnp").exists()
    assert quechua_name().edicion_semilla == 0
    others = Palabra.objects.exclude(codigo="osce-rnp", clave="nombre")
    assert {row.edicion_semilla - row.edicion for row in others} == {0}
