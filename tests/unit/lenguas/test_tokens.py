"""Splitting a citizen's text."""

import pytest

from lenguas.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Cuánto cuesta el DNI?", ["Cuánto", "cuesta", "el", "DNI"]),
        ("Hayk'ataq chanin", ["Hayk'ataq", "chanin"]),
        ("p’unchaw ch’isi", ["p’unchaw", "ch’isi"]),
        ("DNI-niyki apamuy", ["DNI-niyki", "apamuy"]),
        ("RENIEC-pi, SIS-manta", ["RENIEC-pi", "SIS-manta"]),
        ("DNI-y", ["DNI-y"]),
        ("costo-beneficio", ["costo", "beneficio"]),
        ("domicilio-y pago", ["domicilio", "y", "pago"]),
        ("son S/ 25.00 o S/.1,234.50", ["son", "S/ 25.00", "o", "S/.1,234.50"]),
        ("a las 8:30 del 20/11/2026", ["a", "las", "8:30", "del", "20", "11", "2026"]),
        ("Ley 27444, D.S. 004-2019-JUS", ["Ley", "27444", "D", "S", "004", "2019", "JUS"]),
        ("licencia A1 y 2da vez", ["licencia", "A1", "y", "2da", "vez"]),
        ("tra\u200bmite\U000e0041", ["tramite"]),
        ("'entre comillas'", ["entre", "comillas"]),
        ("hola👍hola", ["hola", "hola"]),
        ("  \n\t ", []),
        ("", []),
        ("¡¡¡???", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
