"""Quechua as a spaCy language."""

import subprocess
import sys
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from lenguas import spacy_quechua  # noqa: E402  # only where spaCy is installed


def test_tokens_keep_apostrophes_suffix_hyphens_and_soles() -> None:
    nlp = spacy.blank("qu")
    assert [token.text for token in nlp("¿Hayk'ataq DNI-niyki chanin? p’unchaw S/ 25.00")] == [
        "¿", "Hayk'ataq", "DNI-niyki", "chanin", "?", "p’unchaw", "S/", "25.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("chunka", True),
        ("suqtayuq", True),
        ("pisqa", True),
        ("qanchisniyuq", True),
        ("12", True),
        ("wasi", False),
    ],
)
def test_numbers_are_known(word: str, expected: bool) -> None:
    assert spacy.blank("qu")(word)[0].like_num is expected


def test_nisqa_is_a_stop_word_and_topics_are_not() -> None:
    nlp = spacy.blank("qu")
    assert [token.is_stop for token in nlp("certificado nisqata mañakuy")] == [False, True, False]


def test_a_pipeline_survives_the_disk(tmp_path: Path) -> None:
    spacy.blank("qu").to_disk(tmp_path / "qu")
    assert [token.text for token in spacy.load(tmp_path / "qu")("DNI-niyki")] == ["DNI-niyki"]
    assert spacy_quechua.Quechua.lang == "qu"


def test_the_rest_of_the_package_does_not_import_spacy() -> None:
    code = (
        "import sys; from lenguas import dates, identify, normalise, numbers, quechua, spanish, tokens; "
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
