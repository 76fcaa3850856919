"""The plain search as an answerer: for when the assistant does not answer. No learning, no guessing beyond words."""

from cms.conversations.answerers import Decision, Locale, Question
from cms.conversations.aspect_words import asks_for_person, begins_with, guess
from cms.conversations.results import Answer, Choices, Handoff, OfferPerson, Result, Say, Subject
from cms.directory.answers import PLACE_ASPECTS
from cms.search.resolving import Resolution, resolve
from lenguas.identify import identify
from lenguas.tokens import tokens

GREETINGS = (
    "hola",
    "buenos dias",
    "buenas tardes",
    "buenas noches",
    "rimaykullayki",
    "allin punchaw",
    "allinllachu",
)
THANKS = ("gracias", "muchas gracias", "añay", "sulpayki", "dyuspagrasunki")
# A text so short that asks an aspect and names nothing found is a bare question: "cuánto cuesta".
BARE_WORDS = 4


def answer(question: Question) -> Decision:
    """What the live index makes of the question; always something."""
    return Decision(_locale(question), tuple(_results(question)))


def _locale(question: Question) -> Locale:
    found = identify(question.text)
    return found.code if found.certain and not question.locale_chosen else question.locale


def _results(question: Question) -> list[Result]:
    if asks_for_person(question.text):
        return [Handoff(reason="asked")]
    resolution = resolve(question.text, question.locale, question.codigo)
    aspecto = guess(question.text)
    return _found(resolution, aspecto) or _nothing_found(question, aspecto)


def _found(resolution: Resolution, aspecto: str | None) -> list[Result]:
    place = resolution.sede
    if place and (aspecto in PLACE_ASPECTS or resolution.decision in ("none", "context")):
        return [Answer(sede=place, aspecto=aspecto if aspecto in PLACE_ASPECTS else "donde")]
    if resolution.codigo and (resolution.decision == "sure" or aspecto):
        return [Answer(codigo=resolution.codigo, aspecto=aspecto or "descripcion")]
    if resolution.decision == "which":
        options = [Subject(codigo=hit.codigo, aspecto=aspecto) for hit in resolution.candidates]
        return [Choices(reason="which_tramite", options=options, aspecto=aspecto)]
    if resolution.sedes:
        asked = aspecto if aspecto in PLACE_ASPECTS else "donde"
        options = [Subject(sede=found.codigo, aspecto=asked) for found in resolution.sedes]
        return [Choices(reason="which_sede", options=options)]
    return []


def _nothing_found(question: Question, aspecto: str | None) -> list[Result]:
    if begins_with(GREETINGS, question.text):
        return [Say(key="greeting")]
    if begins_with(THANKS, question.text):
        return [Say(key="thanks")]
    if aspecto and len(tokens(question.text)) <= BARE_WORDS:
        return [Choices(reason="which_tramite", aspecto=aspecto)]
    return [Say(key="not_found"), OfferPerson(reason="misunderstood")]
