import json

import pytest

from assistant.channels import body

GOOD = {
    "sender": "0b9f6a4e",
    "message": "¿Cuánto cuesta el DNI?",
    "metadata": {
        "locale": "qu", "locale_chosen": True, "codigo": "reniec-dni-renovacion", "aspecto": "costo", "sede": None,
        "options": [{"codigo": "a", "aspecto": "costo"}, {"sede": "b"}], "misses": 1,
        "earlier": ["quiero mi DNI"], "offered": [{"codigo": "a", "aspecto": None}], "unanswered": True, "told": ["a"],
    },
}  # fmt: skip


def read(**changes):
    return body.read(json.dumps({**GOOD, **changes}).encode())


def test_a_good_body_is_taken_as_it_is():
    incoming = read()
    assert (incoming.sender, incoming.text) == ("0b9f6a4e", "¿Cuánto cuesta el DNI?")
    assert incoming.metadata == GOOD["metadata"]


def test_missing_context_gets_its_defaults():
    metadata = read(metadata=None).metadata
    assert metadata["options"] == []
    assert metadata["misses"] == 0
    assert metadata["locale_chosen"] is False


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'"text"', b"{'a': 1}", b"\xff\xfe", b"null", b"[" * 20_000]
)
def test_broken_bodies_are_400(raw):
    with pytest.raises(body.BodyError) as caught:
        body.read(raw)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": ""}, {"sender": 3}, {"sender": "x" * 201}, {"sender": None},
        {"message": ""}, {"message": "  \n"}, {"message": 7}, {"message": None}, {"message": ["hola"]},
        {"metadata": []}, {"metadata": {"locale": "en"}}, {"metadata": {"locale_chosen": "yes"}},
        {"metadata": {"options": {}}}, {"metadata": {"options": [1]}}, {"metadata": {"options": [{}] * 21}},
        {"metadata": {"misses": -1}}, {"metadata": {"misses": True}}, {"metadata": {"misses": "2"}},
        {"metadata": {"codigo": 12}}, {"metadata": {"options": [{"codigo": ["x"]}]}},
    ],
)  # fmt: skip
def test_wrong_types_are_400_and_say_what_is_wrong(changes):
    with pytest.raises(body.BodyError, match="must be") as caught:
        read(**changes)
    assert caught.value.status == 400


def test_too_much_is_413():
    for changes in ({"message": "a" * 4001}, {"message": "a" * 70_000}):
        with pytest.raises(body.BodyError) as caught:
            read(**changes)
        assert caught.value.status == 413
    assert read(message="a" * 4000).text == "a" * 4000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/restart", "restart"),
        ('  / /costo{"tramite": "x"}', 'costo{"tramite": "x"}'),
        ("\u200b/ask", "ask"),
        ("\u00a0/\ufeff/costo", "costo"),
        ("//", ""),
        ("y/o", "y/o"),
    ],
)
def test_a_text_can_never_be_an_intent(given, kept):
    assert read(message=given).text == kept
