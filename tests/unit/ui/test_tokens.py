"""Colours as the style sheet writes them, measured: who sees little must still read."""

import pytest

from cms.ui.tokens import UPON, Contrast, contrast, contrasts, tokens


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#fff", "#fff") == 1.0


@pytest.mark.parametrize("pair", contrasts(), ids=lambda pair: f"{pair.letra}-on-{pair.fondo}")
def test_what_is_read_upon_what_has_contrast_in_both_themes(pair: Contrast) -> None:
    assert pair.enough, pair


def test_every_colour_but_a_decoration_is_measured() -> None:
    measured = {name for letter, ground, _least in UPON for name in (letter, ground)}
    colours = {name for name, token in tokens().items() if token.color}
    assert colours - measured == {"line", "band-1", "band-2", "band-3"}


def test_a_token_without_a_value_of_its_own_for_the_dark_keeps_the_one_it_has() -> None:
    assert tokens()["band-2"].oscuro == tokens()["band-2"].claro
    assert tokens()["ink"].oscuro != tokens()["ink"].claro
    assert not tokens()["tap"].color
