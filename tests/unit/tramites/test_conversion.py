import pytest
from django.conf import settings

from cms.tramites.applying import entidad_page
from cms.tramites.conversion import ficha_of_page, write_ficha
from cms.tramites.loading import portal_page
from cms.tramites.models import FichaPage, Version
from cms.tramites.queries import published
from cms.tramites.seed import read_fichas

RICH = "osiptel-reclamo"


@pytest.mark.parametrize("codigo", [RICH, "reniec-dni-duplicado", "mtc-licencia-a1", "osce-rnp"])
def test_nothing_is_lost_between_a_ficha_and_its_page(seeded: None, codigo: str) -> None:
    ficha = next(f for f in read_fichas(settings.CONTENT_DIR / "fichas") if f.codigo == codigo)
    FichaPage.objects.filter(codigo=codigo).delete()
    page = FichaPage(live=False)
    write_ficha(page, ficha)
    entidad_page(portal_page(), ficha.hechos.entidad).add_child(instance=page)
    page.save_revision().publish()
    back = ficha_of_page(FichaPage.objects.get(codigo=codigo))
    assert back.hechos == ficha.hechos
    assert back.es == ficha.es


@pytest.mark.django_db
def test_the_variety_of_the_quechua_is_not_lost_when_the_page_is_published(seeded: None) -> None:
    """A page has no Quechua of its own: what is public of it says which one it is."""
    page = FichaPage.objects.get(codigo="osce-rnp")
    version = published("osce-rnp").version
    Version.objects.filter(pk=version.pk).update(payload={**version.payload, "variedad": "quz"})
    page.title = "Otro nombre"
    page.save_revision().publish()
    now = published("osce-rnp").ficha
    assert (now.es["nombre"], now.variedad) == ("Otro nombre", "quz")
