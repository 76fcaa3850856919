import pytest
from django.conf import settings

from cms.tramites.conversion import ficha_of_page, write_ficha
from cms.tramites.loading import entidad_page, portal_page
from cms.tramites.models import FichaPage
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
