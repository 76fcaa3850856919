import pytest
from django.template.loader import render_to_string

from cms.ui.blocks import Bloque
from cms.ui.context import other_path
from cms.ui.middleware import path_locale


def shown(*blocks: Bloque, **options: object) -> str:
    return " ".join(render_to_string("ui/parts/blocks.html", {"blocks": blocks, **options}).split())


def test_each_kind_of_block_has_its_form() -> None:
    assert shown(Bloque("parrafo", "Hola")) == "<p>Hola</p>"
    assert shown(Bloque("lista", items=("uno", "dos"))) == "<ul> <li>uno</li> <li>dos</li> </ul>"
    assert '<p>Por internet: <strong class="figure">S/ 33.00</strong>.</p>' in shown(
        Bloque("monto", "Por internet: S/ 33.00.", destacado="S/ 33.00")
    )
    assert '<strong class="figure alone">Gratuito</strong> No se paga.' in shown(
        Bloque("monto", "No se paga.", destacado="Gratuito")
    )
    assert shown(Bloque("aviso", "Ojo")) == '<p class="notice doubt">Ojo</p>'
    assert shown(Bloque("nota", "Fuente")) == '<p class="note">Fuente</p>'


def test_steps_are_numbered_and_requirements_have_boxes() -> None:
    steps = Bloque("lista", items=("uno",))
    assert shown(steps, ordered=True).startswith("<ol>")
    assert shown(steps, checklist=True).startswith('<ul class="checks">')


def test_spanish_among_quechua_says_that_it_is_spanish() -> None:
    assert '<p lang="es">Hola</p>' in shown(Bloque("parrafo", "Hola", idioma="es"))
    mixed = shown(Bloque("lista", items=("uno", "huk"), idiomas=("es", "")))
    assert '<li lang="es">uno</li> <li>huk</li>' in mixed


def test_a_link_names_the_site_it_leads_to() -> None:
    html = shown(Bloque("enlace", "Saca la cita aquí:", url="https://citas.reniec.gob.pe/a/b?c=1&d=2"))
    assert "Saca la cita aquí:" in html
    assert ">citas.reniec.gob.pe</a>" in html
    assert 'href="https://citas.reniec.gob.pe/a/b?c=1&amp;d=2"' in html


def test_what_editors_write_is_never_markup() -> None:
    html = shown(Bloque("parrafo", "<script>alert(1)</script>"), Bloque("lista", items=("<b>",)))
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("path", "locale", "other"),
    [
        ("/es/tramites/reniec-dni-duplicado/", "es", "/qu/tramites/reniec-dni-duplicado/"),
        ("/qu/buscar/?q=DNIyta", "qu", "/es/buscar/?q=DNIyta"),
        ("/", "es", "/qu/"),
        ("/healthz", "es", "/qu/"),
    ],
)
def test_switching_the_language_keeps_the_place(path: str, locale: str, other: str) -> None:
    assert path_locale(path) == locale
    assert other_path(path, locale) == other
