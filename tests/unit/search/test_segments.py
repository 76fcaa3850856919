"""What a process holds of the index: as much as it needs to be quick, and nothing that is no longer so."""

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from cms.search import ranking
from cms.search.index import this_node
from cms.search.ranking import Names, names_of, rank, read_question
from cms.search.segments import Segment
from cms.tramites.models import FichaPage

pytestmark = pytest.mark.django_db

QUESTIONS = (
    "dni",
    "duplicado de dni",
    "certificado de antecedentes",
    "pasaporte para mi hijo",
    "acta de nacimiento",
    "vigencia de poder registro",
    "antesedentes penales",
)


def names() -> Names:
    with this_node.reading() as searcher:
        return names_of(searcher)


def publish(codigo: str, alias: str) -> None:
    page = FichaPage.objects.get(codigo=codigo)
    page.alias_es += f"\n{alias}"
    page.save_revision().publish()


def test_after_a_publication_only_what_was_published_is_read(
    fresh_index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names()
    sizes: list[int] = []
    read = Segment.__init__

    def count(segment: Segment, reader: object) -> None:
        read(segment, reader)
        sizes.append(len(segment.documents))

    monkeypatch.setattr(Segment, "__init__", count)
    publish("osce-rnp", "zanahoria violeta")
    after = names()
    assert sizes == [1]
    assert after is not before
    assert after.total == before.total
    assert sum(after.frequency.values()) > sum(before.frequency.values())


def test_what_a_ficha_was_called_before_finds_it_no_more(fresh_index: None) -> None:
    publish("osce-rnp", "zanahoria violeta")
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.alias_es = "remolacha dorada"
    page.save_revision().publish()
    with this_node.reading() as searcher:
        held = names_of(searcher).held
        assert rank(searcher, read_question("zanahoria violeta", names_of(searcher))) == []
        [found] = rank(searcher, read_question("remolacha dorada", names_of(searcher)))
    stored = held.document("osce-rnp")
    assert stored is found.stored
    assert held.document("no-such-ficha") is None


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_compared_could_not_have_been_among_the_best(
    fresh_index: None, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    with this_node.reading() as searcher:
        read = read_question(question, names_of(searcher))
        monkeypatch.setattr(ranking, "CANDIDATES", 1000)
        everything = rank(searcher, read)
        monkeypatch.setattr(ranking, "CANDIDATES", 2)
        assert rank(searcher, read) == everything[:2] != []


def test_among_some_codes_nothing_else_is_found(fresh_index: None) -> None:
    with this_node.reading() as searcher:
        read = read_question("dni", names_of(searcher))
        assert len(rank(searcher, read)) > 1
        [only] = rank(searcher, read, only={"reniec-dni-renovacion", "osce-rnp"})
    assert only.codigo == "reniec-dni-renovacion"


@pytest.mark.parametrize("word", ["antesedent", "pasaprt", "nasimient", "certifikad", "renobac", "xylofon"])
def test_the_word_meant_is_the_nearest_of_all(fresh_index: None, word: str) -> None:
    known = names()
    stems = [term[2:] for term in known.frequency if term.startswith("s:")]
    slips = 1 if len(word) < 8 else 2
    distances = sorted((DamerauLevenshtein.distance(word, stem), stem) for stem in stems)
    nearest = distances[0][1] if distances[0][0] <= slips and distances[0][1][0] == word[0] else None
    assert known.nearest((f"s:{word}", "q:")) == nearest
