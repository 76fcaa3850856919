"""The citizen picks one of the choices offered in the message before: "el segundo", "el penal"."""

from __future__ import annotations

from dataclasses import replace

from assistant.actions.another_tramite import another
from assistant.actions.asking import aspect_pending
from assistant.actions.results import Result, answer, answer_of_sede, which_sede, which_tramite
from assistant.actions.subject import picked_of_offered, subject
from assistant.actions.turn import Option, Turn, TurnAction
from assistant.lexicon import is_in_id, readings
from assistant.signs.dialogue import wants_all, wants_other
from assistant.words import FUNCTION_WORDS, folded_words
from lenguas.normalise import key

_PLACES = {
    0: "1 primero primera primer primerito uno una huk hukkaq ñawpaq ñawpaqkaq punta",
    1: "2 segundo segunda dos iskay iskaykaq iskayñiqin iskaynin",
    2: "3 tercero tercera tercer tres kimsa kimsakaq kimsañiqin kimsanin",
    3: "4 cuarto cuarta cuatro tawa tawakaq tawañiqin tawanin",
    -1: "ultimo ultima qipa qipakaq qhipa tukuy tukukuq",
}
PLACES = {key(word): place for place, words in _PLACES.items() for word in words.split()}

FEW = 3  # words that say no more than which
ARTICLES = frozenset({"un", "una", "uno"})
ORDINALS = frozenset("primero primera segundo segunda tercero tercera cuarto cuarta ultimo ultima".split())


class ChooseOption(TurnAction):
    """Answers the chosen one; asks again where the choice is not clear."""

    def name(self) -> str:
        return "action_choose_option"

    async def results(self, turn: Turn) -> list[Result]:
        several = all_of_them(turn) or await the_others(turn)
        if several:
            return several
        chosen = by_place(turn)
        if chosen:
            return [chosen]
        if not turn.options:
            return await another(turn)
        picked = await picked_of_offered(turn)
        if not picked and (chosen := matching(turn)):
            return [chosen]
        resolution = picked or await subject(turn)
        if resolution.decision == "sure" and resolution.codigo:
            return [answer(resolution.codigo, aspect_pending(turn, resolution.codigo) or "descripcion")]
        return [asked_again(turn)]


def all_of_them(turn: Turn) -> list[Result]:
    """The answers to "los tres": one of each choice, none where not all are wanted."""
    options = turn.options or turn.offered
    if not wants_all(turn.text) or not options:
        return []
    answers = [chosen(replace(option, aspecto=option.aspecto or turn.aspecto), turn) for option in options]
    return [found for found in answers if found]


async def the_others(turn: Turn) -> list[Result]:
    """What "el otro" stands for: the choices that were not taken."""
    if not wants_other(turn.text) or not turn.codigo:
        return []
    left = tuple(dict.fromkeys(o.codigo for o in turn.offered if o.codigo and o.codigo != turn.codigo))
    if len(left) == 1:
        return [answer(left[0], turn.aspecto or "descripcion")]
    among = replace(turn, options=tuple(option for option in turn.offered if option.codigo in left))
    meant = await subject(among) if left else None
    if meant and meant.decision == "sure" and meant.codigo in left:
        return [answer(meant.codigo, turn.aspecto or "descripcion")]
    return [which_tramite(left, turn.aspecto)] if left else []


def asked_again(turn: Turn) -> Result:
    """The same choices once more."""
    codigos = tuple(dict.fromkeys(option.codigo for option in turn.options if option.codigo))
    sedes = tuple(dict.fromkeys(option.sede for option in turn.options if option.sede))
    if sedes and not codigos:
        return which_sede(sedes, turn.options[0].aspecto or "donde")
    return which_tramite(codigos, aspect_pending(turn))


def by_place(turn: Turn) -> Result | None:
    """The option at the place named, if there is one. "Una" in a sentence names none: "es una zapatería"."""
    words = folded_words(turn.text)
    if len(words) > FEW:
        words = [word for word in words if word not in ARTICLES]
    places = [PLACES[reading] for word in words for reading in _keys(word) if reading in PLACES]
    if not places or not -len(turn.options) <= places[0] < len(turn.options):
        return None
    return chosen(turn.options[places[0]], turn)


def by_order(turn: Turn) -> str | None:
    """The trámite of the choices that the first word picks, where a question follows: "la primera, ¿qué llevo?"."""
    words = [word for word in folded_words(turn.naming) if word not in FUNCTION_WORDS]
    place = PLACES.get(key(words[0])) if words and words[0] in ORDINALS else None
    fits = place is not None and -len(turn.options) <= place < len(turn.options)
    return turn.options[place].codigo if fits and place is not None else None


def matching(turn: Turn) -> Result | None:
    """The only option whose id shares the most words with the text: "el penal" is `…-antecedentes-penales`."""
    words = [word for word in folded_words(turn.text) if word not in FUNCTION_WORDS]
    shared = [
        sum(is_in_id(word, option.codigo or option.sede or "") for word in words) for option in turn.options
    ]
    best = max(shared, default=0)
    if best == 0 or shared.count(best) > 1:
        return None
    return chosen(turn.options[shared.index(best)], turn)


def chosen(option: Option, turn: Turn) -> Result | None:
    """The answer an option stands for."""
    if option.sede:
        return answer_of_sede(option.sede, option.aspecto or "donde")
    if option.codigo:
        return answer(option.codigo, option.aspecto or "descripcion")
    return None


def _keys(word: str) -> frozenset[str]:
    return readings(word) | {key(word)}
