from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.conf import settings

from cms.accounts.models import User
from cms.directory.loading import load_directory
from cms.directory.models import Sede
from cms.tramites.models import FichaPage
from cms.tramites.queries import TramiteNotFound, published
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
