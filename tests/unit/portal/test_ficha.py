from cms.portal.ficha import Section
from cms.tramites.schema import Aspecto
from cms.ui.blocks import Bloque, Respuesta, plain

FACT = Bloque("parrafo", "Demora cinco días.")
DOUBT = Bloque("aviso", "Una fuente antigua dice otra cosa.")
SOURCE = Bloque("aviso", "Por confirmar con la entidad (RENIEC). Fuente: La República (2024).")
NOTICE = Bloque("nota", "Esta información todavía está en castellano.")
UNKNOWN = Bloque("aviso", "Ese dato no lo tenemos confirmado.")
LINK = Bloque("enlace", "Página de la entidad:", url="https://www.gob.pe/reniec")


def section(confianza: str, *blocks: Bloque, faltante: bool = False) -> Section:
    respuesta = Respuesta(
        aspecto=Aspecto.PLAZO,
        locale="qu",
        texto=plain(blocks),
        bloques=blocks,
        confianza=confianza,
        url="",
        faltante=faltante,
    )
    return Section(respuesta, "Cuánto demora")


def test_what_is_sure_is_shown_whole() -> None:
    assert section("alta", FACT, DOUBT).body == (FACT, DOUBT)


def test_the_source_of_a_doubt_is_told_apart_and_the_doubt_itself_stays() -> None:
    assert section("media", FACT, DOUBT, SOURCE).body == (FACT, DOUBT)
    assert section("baja", FACT, SOURCE).body == (FACT,)


def test_the_notice_of_missing_quechua_is_said_once_for_the_page() -> None:
    assert section("baja", NOTICE, FACT, SOURCE, faltante=True).body == (FACT,)


def test_of_what_is_unknown_only_its_doubt_is_left() -> None:
    assert section("sin_dato", UNKNOWN).body == ()
    assert section("sin_dato", UNKNOWN, LINK).body == ()
    assert section("sin_dato", NOTICE, DOUBT, UNKNOWN, LINK, faltante=True).body == (DOUBT,)
