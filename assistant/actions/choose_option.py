"""The citizen picks one of the choices offered in the message before: "el segundo", "el penal"."""

from __future__ import annotations

from assistant.actions.another_tramite import another
from assistant.actions.results import Result, answer, answer_of_sede, which_sede, which_tramite
from assistant.actions.turn import Option, Turn, TurnAction
from assistant.lexicon import is_in_id, readings
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


class ChooseOption(TurnAction):
    """Answers the chosen one; asks again where the choice is not clear."""

    def name(self) -> str:
        return "action_choose_option"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = by_place(turn) or matching(turn)
        if chosen:
            return [chosen]
        if not turn.options:
            return await another(turn)
        resolution = await turn.resolve()
        if resolution.decision == "sure" and resolution.codigo:
            return [answer(resolution.codigo, aspect_pending(turn, resolution.codigo) or "descripcion")]
        return [asked_again(turn)]


def asked_again(turn: Turn) -> Result:
    """The same choices once more."""
    codigos = tuple(dict.fromkeys(option.codigo for option in turn.options if option.codigo))
    sedes = tuple(dict.fromkeys(option.sede for option in turn.options if option.sede))
    if sedes and not codigos:
        return which_sede(sedes, turn.options[0].aspecto or "donde")
    return which_tramite(codigos, aspect_pending(turn))


def by_place(turn: Turn) -> Result | None:
    """The option at the place named, if there is one."""
    places = [
        PLACES[reading] for word in folded_words(turn.text) for reading in _keys(word) if reading in PLACES
    ]
    if not places or not -len(turn.options) <= places[0] < len(turn.options):
        return None
    return chosen(turn.options[places[0]], turn)


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


def aspect_pending(turn: Turn, codigo: str | None = None) -> str | None:
    """The aspect asked before the choices were offered, if they all keep the same one."""
    aspects = {option.aspecto for option in turn.options if option.codigo}
    own = {option.aspecto for option in turn.options if option.codigo == codigo}
    found = own if codigo and own else aspects
    return found.pop() if len(found) == 1 else None


def _keys(word: str) -> frozenset[str]:
    return readings(word) | {key(word)}
