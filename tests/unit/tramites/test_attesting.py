"""What an entity confirmed is told with its day; what it left open, or somebody else says, never is."""

from datetime import date

import pytest

from cms.tramites.attesting import attested, attested_on
from cms.tramites.schema import Confianza, Evidencia

DAY = date(2026, 11, 3)
WORD = attested("RENIEC", "Subgerente (e)", DAY)


@pytest.mark.parametrize(
    ("fuente", "confianza", "told"),
    [
        (WORD, Confianza.ALTA, DAY),
        (f"RJ 10-2026; {WORD}", Confianza.ALTA, DAY),
        (WORD, Confianza.MEDIA, None),
        (f"{WORD}; Gestión 2025", Confianza.ALTA, None),
        ("Resolución Jefatural 120-2026", Confianza.ALTA, None),
        ("Confirmado por teléfono", Confianza.ALTA, None),
    ],
)
def test_only_the_entity_s_own_whole_word_counts(
    fuente: str, confianza: Confianza, told: date | None
) -> None:
    assert attested_on(Evidencia(confianza=confianza, fuente=fuente)) == told
