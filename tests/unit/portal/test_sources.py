import pytest

from cms.directory.models import Entidad
from cms.portal.sources import told_source
from cms.ui.blocks import Respuesta

OSIPTEL = Entidad(codigo="osiptel", nombre="Organismo Supervisor", sigla="OSIPTEL")


@pytest.mark.parametrize(
    ("fuente", "fecha", "told"),
    [
        (
            "Gestión 2025-08-15 y 2025-09-08; guía de OSIPTEL",
            "2025-09-08",
            "Gestión 08/2025 y 09/2025; guía de OSIPTEL",
        ),
        ("Wikiregistral", "2019", "Wikiregistral (2019)"),
        ("LP Derecho", "", "LP Derecho"),
        ("OSIPTEL, preguntas frecuentes", "2024", ""),
        ("gob.pe/238", "2025-10", ""),
        ("Confirmado por OSIPTEL (jefe), 2026-11-21", "2026-11-21", ""),
        ("", "", ""),
    ],
)
def test_a_source_is_named_where_it_is_not_the_entity(fuente: str, fecha: str, told: str) -> None:
    answer = Respuesta("plazo", "es", "", (), "alta", "", fuente=fuente, fecha=fecha)
    assert told_source(answer, OSIPTEL) == told
