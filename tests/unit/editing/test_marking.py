from cms.editing.marking import Piece, marked


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    assert marked("Paga S/ 24 en el banco.", "Paga S/ 30 en el banco.") == [
        Piece("igual", "Paga S/ "),
        Piece("fuera", "24"),
        Piece("nuevo", "30"),
        Piece("igual", " en el banco."),
    ]


def test_both_sentences_can_be_read_back_from_the_pieces() -> None:
    old, new = "Lleva tu DNI y  una foto.\nEn la mañana.", "Lleva una foto tamaño pasaporte.\nPor la mañana."
    pieces = marked(old, new)
    assert "".join(p.text for p in pieces if p.kind != "nuevo") == old
    assert "".join(p.text for p in pieces if p.kind != "fuera") == new


def test_nothing_is_marked_in_equal_sentences() -> None:
    assert marked("Igual.", "Igual.") == [Piece("igual", "Igual.")]
    assert marked("", "") == []
