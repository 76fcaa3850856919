"""Turns a message into two views of its words; registered in config.yml.

* `text` of a token is its orthography-neutral key: letters n-grams then see `nesesito` and `necesito`, Cusco and
  Ayacucho spelling as the same.
* `lemma` of a token is its root in the language the message is read in.

Names of trámites, entidades and sedes become one mask each, and courtesy around the question is dropped: what is
left is what is asked. In training data the names are annotated; at run time they come from the lexicon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant import lexicon
from assistant.components.language import decide
from assistant.words import is_word, without_courtesy
from lenguas import quechua, spanish
from lenguas.normalise import fold, key
from lenguas.tokens import tokens

MASKS = {"tramite": "xtramitex", "entidad": "xentidadx", "sede": "xsedex"}


@dataclass(frozen=True)
class Word:
    """One word of a message: folded, with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Mask:
    """A name found in a message: words `first` to `end` (exclusive)."""

    first: int
    end: int
    kind: str
    ids: tuple[str, ...] = ()


def words_of(text: str) -> list[Word]:
    """The words of `text` with their places."""
    found: list[Word] = []
    at = 0
    for token in tokens(text):
        start = text.find(token, at)
        start = at if start < 0 else start
        at = start + len(token)
        found.append(Word(fold(token), start, at))
    return found


def annotated(words: list[Word], entities: list[dict[str, Any]]) -> list[Mask]:
    """The masks of a training example, from its annotations."""
    masks = []
    for entity in entities:
        inside = [
            place
            for place, word in enumerate(words)
            if word.start < entity["end"] and word.end > entity["start"]
        ]
        if inside and entity["entity"] in MASKS:
            masks.append(Mask(inside[0], inside[-1] + 1, entity["entity"]))
    return masks


def named(words: list[Word]) -> list[Mask]:
    """The masks of a citizen's message, from the names in force."""
    matches = lexicon.current.find([word.text for word in words])
    return [Mask(match.start, match.end, match.kind, match.ids) for match in matches]


def lemma(word: str, reading: str) -> str:
    """The root of one word: a Quechua one even inside Spanish, where it can be nothing else."""
    root = quechua.stem(word, strict=reading != "qu")
    return root or key(spanish.stem(word))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MaskingTokenizer(Tokenizer):
    """Writes the tokens, and at run time the names found as `entities` with the ids they may stand for."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def process(self, messages: list[Message]) -> list[Message]:
        """Tokenize citizens' messages."""
        for message in messages:
            words = words_of(message.get(TEXT) or "")
            masks = named(words)
            message.set(ENTITIES, _entities(message.get(TEXT) or "", words, masks), add_to_output=True)
            message.set("text_tokens", self._tokens(message, words, masks))
        return messages

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokenize a training example."""
        words = words_of(message.get(attribute) or "")
        return self._tokens(message, words, annotated(words, message.get(ENTITIES) or []))

    def _tokens(self, message: Message, words: list[Word], masks: list[Mask]) -> list[Token]:
        language = message.get("language") or decide(message.get(TEXT) or "", None)
        units = _units(words, masks)
        # Which office is named says nothing of what is asked.
        units = [unit for unit in units if unit[0] != MASKS["entidad"]] or units
        start, end = without_courtesy([text for text, _first, _last in units])
        return [
            _token(text, first.start, last.end, language["reading"]) for text, first, last in units[start:end]
        ] or [Token("xnadax", 0, 1)]


def _units(words: list[Word], masks: list[Mask]) -> list[tuple[str, Word, Word]]:
    """Words and masks in order, each with its first and last word."""
    by_first = {mask.first: mask for mask in masks}
    units: list[tuple[str, Word, Word]] = []
    place = 0
    while place < len(words):
        mask = by_first.get(place)
        end = mask.end if mask else place + 1
        units.append((MASKS[mask.kind] if mask else words[place].text, words[place], words[end - 1]))
        place = end
    return units


def _token(text: str, start: int, end: int, reading: str) -> Token:
    if text in MASKS.values():
        return Token(text, start, end)
    if not is_word(text):
        return Token("xnumerox", start, end)
    return Token(key(text) or text, start, end, lemma=lemma(text, reading))


def _entities(text: str, words: list[Word], masks: list[Mask]) -> list[dict[str, Any]]:
    return [
        {
            "entity": mask.kind,
            "start": words[mask.first].start,
            "end": words[mask.end - 1].end,
            "value": text[words[mask.first].start : words[mask.end - 1].end],
            "ids": list(mask.ids),
        }
        for mask in masks
    ]
