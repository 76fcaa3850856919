from decimal import Decimal

import pytest
from django.utils import translation

from cms.ui.catalogues import compile_all
from cms.ui.formats import money, partial_date, term


@pytest.fixture(autouse=True)
def catalogues() -> None:
    compile_all()


def test_amounts_are_written_as_peru_does_in_both_languages() -> None:
    for locale in ("es", "qu"):
        with translation.override(locale):
            assert money(Decimal("1234.5")) == "S/ 1,234.50"


@pytest.mark.parametrize(
    ("locale", "text", "shown"),
    [
        ("es", "2025-10-04", "4 de octubre de 2025"),
        ("qu", "2025-10-04", "4 punchaw octubre killapi 2025 watapi"),
        ("es", "2023-12", "diciembre de 2023"),
        ("es", "2023", "2023"),
        ("es", "", ""),
    ],
)
def test_a_date_is_only_as_precise_as_its_source(locale: str, text: str, shown: str) -> None:
    assert partial_date(text, locale) == shown


@pytest.mark.parametrize(
    ("locale", "value", "unit", "value_max", "shown"),
    [
        ("es", 1, "dias_habiles", None, "1 día hábil"),
        ("es", 5, "dias_habiles", None, "5 días hábiles"),
        ("es", 20, "dias_calendario", 30, "20 a 30 días calendario"),
        ("qu", 1, "dias_habiles", None, "1 llamkana punchaw"),
        ("qu", 5, "dias_habiles", None, "5 llamkana punchaw"),
        ("qu", 20, "dias_calendario", 30, "20manta 30kama punchaw"),
    ],
)
def test_terms_are_told_in_the_language_in_force(
    locale: str, value: int, unit: str, value_max: int | None, shown: str
) -> None:
    with translation.override(locale):
        assert term(value, unit, value_max) == shown
