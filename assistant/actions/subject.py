"""Which trámite a turn is about, and whether that is clear: when to ask is decided here, by what was said so far.

The content service ranks; what it cannot see is which published names stand whole in the text, for whom the trámite
is, what was offered a moment ago, and that a question without any name goes on about the same thing.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.actions.content_api import Resolution, client
from assistant.actions.kinship import are_sisters, is_for_minors, is_local, is_said_whole, nearest
from assistant.actions.turn import LONGEST_QUERY, Named, Turn
from assistant.aspects import ASPECTS
from assistant.lexicon import is_in_id
from assistant.signs import places
from assistant.signs.events import tells_event
from assistant.words import FUNCTION_WORDS, folded_words

UNSURE = (
    0.2  # confidence below which a name that was said decides nothing: a sister of it has more of the words
)
ALONE = 0.5  # confidence that is enough for the one that is left of several
SURE = 0.5  # confidence that is enough to tell a fact
NAMES_LIKE_QUESTIONS = frozenset({"donde", "horario", "contacto", "cita", "canales"})
LEAST_CHOICES = 2
SHORT = 5  # words of a question that is nothing but one
MOST_VARIANTS = 3  # candidates that are asked for their variants
CLOSE = 0.95  # share of the first one's score that makes another as likely
WELL_SAID = 0.6  # score of a candidate that a single word is not set against
MOST_UNKNOWN = 2  # words of Quechua that are not known, beside a name that is
TELLING = 2  # content words of a name that is no word of everyday speech


async def subject(turn: Turn, aspecto: str | None = None, more: str = "") -> Resolution:
    """What the turn is about. Raises ContentApiError."""
    if not more and (picked := await picked_of_offered(turn)):
        return picked
    found = await turn.resolve(aspecto, more)
    if not more and turn.codigo and tells_event(turn.text):
        return await _for_whom(turn, await _of_event(turn, found))
    if _asks_of_nothing(turn, found):
        found = replace(found, decision="none", codigo=None, candidates=(), scores=())
    if not more and (same := await _same_for_another(turn, found)):
        return same
    if not more and found.decision != "context" and _goes_on(turn, found):
        found = replace(found, decision="context", codigo=turn.codigo, candidates=(), scores=())
        return await _for_whom(turn, found)
    if found.decision in {"which", "none"} and (not turn.codigo or turn.options):
        found = await _narrowed(turn, found)
    if turn.earlier and (_is_in_doubt(turn, found) or _says_too_little(turn, found)):
        found = await _with_the_message_before(turn, found)
    return await _for_whom(turn, found)


async def _same_for_another(turn: Turn, found: Resolution) -> Resolution | None:
    """«¿Y para mi hijo, cuánto cuesta?»: what was talked of, for a child; another paper for children is not what is asked."""
    asks = turn.says_whom and turn.whom in {"minor", "adult"} and turn.intent != "quien"
    if not asks or not turn.codigo or turn.names_something:
        return None
    sister = bool(found.codigo) and are_sisters(found.codigo or "", turn.codigo)
    own = await variants(turn, turn.codigo) if turn.is_bare or sister else ()
    return _sure(found, own[0]) if len(own) == 1 else None


async def picked_of_offered(turn: Turn) -> Resolution | None:
    """The one of the choices of a moment ago that the message picks, read with what they were offered for."""
    offered = tuple(dict.fromkeys(option.codigo for option in turn.options if option.codigo))
    if len(offered) < LEAST_CHOICES or not turn.earlier:
        return None
    found = await client().picked(
        turn.text[:LONGEST_QUERY], turn.locale, offered, turn.earlier[-1][:LONGEST_QUERY]
    )
    if found.decision != "sure" or found.codigo not in offered:
        return None
    return await _for_whom(turn, found)


def _asks_of_nothing(turn: Turn, found: Resolution) -> bool:
    """A short question that names nothing, with nothing talked of: a word it shares with some name is no name."""
    about = turn.codigo or turn.options or turn.names_entity
    asked = turn.intent in NAMES_LIKE_QUESTIONS or (bool(turn.earlier) and turn.intent in ASPECTS)
    return (
        asked
        and turn.is_bare
        and not about
        and len(folded_words(turn.text)) <= SHORT
        and found.decision != "none"
    )


async def _of_event(turn: Turn, found: Resolution) -> Resolution:
    """What has happened in a life, read as if nothing had been talked of; what was talked of only where it is of that."""
    alone = await client().resolve(turn.naming[:LONGEST_QUERY], turn.locale, None, None)
    if alone.decision == "none":
        return found
    if turn.codigo in alone.candidates:
        return replace(alone, decision="context", codigo=turn.codigo, candidates=(), scores=())
    return await _narrowed(turn, alone) if alone.decision == "which" else alone


def _goes_on(turn: Turn, found: Resolution) -> bool:
    """A question that names nothing goes on about the trámite in context, unless a sister of it or one said whole is meant."""
    asks = turn.intent in ASPECTS
    if not turn.codigo or not turn.is_bare or (found.decision == "none" and not asks):
        return False
    if found.decision != "sure" or not found.codigo:
        return True
    return not (are_sisters(found.codigo, turn.codigo) or _is_said_in_everyday_words(turn, found.codigo))


def _is_said_in_everyday_words(turn: Turn, codigo: str) -> bool:
    """Words that questions use are never masked as a name: "búsqueda en el índice". One word alone names nothing."""
    is_long = codigo.count("-") > 1
    return is_long and is_said_whole(codigo, set(folded_words(turn.naming)), ())


async def _narrowed(turn: Turn, found: Resolution) -> Resolution:
    """Fewer candidates, or one, by what the text says outright."""
    if _is_strange(found):
        return found
    found = _only(found, _not_elsewhere(turn, found.candidates))
    found = _only(found, _as_offered(turn, found.candidates))
    words = set(folded_words(turn.naming))
    whole = [codigo for codigo in found.candidates if is_said_whole(codigo, words, found.candidates)]
    if len(whole) == 1:
        return _sure(found, whole[0])
    for name in sorted(turn.named, key=lambda named: -len(named.words)):
        found = await _by_name(turn, found, name)
        if found.decision == "sure":
            return found
    return _if_alone(turn, found)


def _is_strange(found: Resolution) -> bool:
    """The only candidate is in doubt although its name may be said: "pasaporte dorado". That is asked, not told."""
    return (len(found.candidates) == 1 and found.confidence < SURE) or 0.0 < found.confidence <= UNSURE


def _only(found: Resolution, kept: tuple[str, ...]) -> Resolution:
    if not kept or kept == found.candidates:
        return found
    scores = dict(zip(found.candidates, found.scores, strict=False))
    return replace(found, candidates=kept, scores=tuple(scores.get(codigo, 0.0) for codigo in kept))


def _not_elsewhere(turn: Turn, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Without those of one town or region, where others are left and no place is named."""
    if places.place(turn.naming):
        return candidates
    return tuple(codigo for codigo in candidates if not is_local(codigo))


def _as_offered(turn: Turn, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """The only one among the choices of a moment ago."""
    offered = {option.codigo for option in turn.options}
    both = tuple(codigo for codigo in candidates if codigo in offered)
    return both if len(both) == 1 else ()


async def _by_name(turn: Turn, found: Resolution, name: Named) -> Resolution:
    """The trámite whose published name stands whole in the text, unless the first candidate has more of the text."""
    inside = tuple(codigo for codigo in found.candidates if codigo in name.codigos)
    words = [word for word in folded_words(name.words) if word not in FUNCTION_WORDS]
    if inside:
        return _of_inside(turn, found, inside, plain=len(words) >= TELLING)
    if found.candidates and len(words) < TELLING and max(found.scores, default=0.0) >= WELL_SAID:
        return found
    if len(name.codigos) == 1 and len(turn.unknown) <= 1:
        return _sure(found, name.codigos[0])
    closer = await client().resolve(name.words[:LONGEST_QUERY], turn.locale, None, None)
    if closer.decision == "sure" and closer.codigo and len(words) >= TELLING:
        return _sure(found, closer.codigo)
    named = tuple(codigo for codigo in closer.candidates if codigo in name.codigos)
    return _only(replace(closer, sede=found.sede, sedes=found.sedes), named) if named else found


def _of_inside(turn: Turn, found: Resolution, inside: tuple[str, ...], *, plain: bool) -> Resolution:
    """Of candidates that bear the name: the only one, where it comes first or its name is `plain`."""
    first = found.candidates[0]
    if first not in inside and _has_more(turn, first, inside):
        return _sure(found, first)
    if len(inside) == 1:
        known = turn.locale == "es" or len(turn.unknown) <= MOST_UNKNOWN
        first_of_many = first in inside and max(found.scores[1:], default=0.0) < CLOSE * max(
            found.scores[:1], default=1.0
        )
        return _sure(found, inside[0]) if known and (plain or first_of_many) else found
    return _only(found, inside)


def _has_more(turn: Turn, codigo: str, others: tuple[str, ...]) -> bool:
    """Whether `codigo` is a sister that has a word of the text the others lack: "duplicado" beside the carné itself."""
    if not any(are_sisters(codigo, other) for other in others):
        return False
    words = [word for word in folded_words(turn.naming) if word not in FUNCTION_WORDS]
    return any(
        is_in_id(word, codigo) and not any(is_in_id(word, other) for other in others) for word in words
    )


def _if_alone(turn: Turn, found: Resolution) -> Resolution:
    """A single candidate is the one, where it is near enough and given everywhere."""
    if found.decision != "which" or len(found.candidates) != 1 or is_local(found.candidates[0]):
        return found
    named = any(found.candidates[0] in name.codigos for name in turn.named)
    plain = found.confidence >= ALONE and not turn.codigo and len(turn.unknown) <= 1
    return _sure(found, found.candidates[0]) if named or plain else found


def _sure(found: Resolution, codigo: str) -> Resolution:
    return replace(found, decision="sure", codigo=codigo, candidates=(), scores=())


def _is_in_doubt(turn: Turn, found: Resolution) -> bool:
    """A question that names nothing, or a few words after a question of ours: they add to the message before."""
    if found.decision not in {"none", "which"}:
        return False
    asked = bool(turn.options or turn.unanswered) and len(folded_words(turn.text)) <= SHORT + 1
    return asked or (found.decision == "none" and turn.is_bare and not turn.codigo)


def _says_too_little(turn: Turn, found: Resolution) -> bool:
    """A few words without a name, right after a message that was not answered: a word shared with a name may mislead."""
    unanswered = not (turn.codigo or turn.options or turn.named or turn.names_entity)
    return found.decision == "sure" and unanswered and len(folded_words(turn.text)) <= SHORT


async def _with_the_message_before(turn: Turn, found: Resolution) -> Resolution:
    """Both read as one; where choices were offered, only one of them can be meant."""
    text = f"{turn.earlier[-1]} {turn.naming}"[:LONGEST_QUERY]
    both = await client().resolve(text, turn.locale, None, None)
    offered = {option.codigo for option in turn.options or (turn.offered if turn.unanswered else ())}
    several = (both.codigo,) if both.decision == "sure" and both.codigo else both.candidates
    meant = tuple(codigo for codigo in several if not offered or codigo in offered)
    if len(meant) == 1 and (offered or both.decision == "sure"):
        return _sure(found, meant[0])
    if found.decision == "none" and both.decision == "which" and not offered:
        return replace(both, sede=found.sede, sedes=found.sedes)
    return found


async def _for_whom(turn: Turn, found: Resolution) -> Resolution:
    """The variant for a child where it is for a child, and the other way round.

    What was said of another trámite, some messages ago, may be over: then it is asked, and never supposed.
    """
    if turn.whom not in {"minor", "adult"} or turn.intent == "quien":
        return found
    wanted = turn.whom == "minor"
    if found.codigo and found.decision in {"sure", "context"}:
        codigos = await variants(turn, found.codigo)
        if codigos and found.codigo not in codigos and found.decision == "sure" and not turn.says_whom:
            codigos = (found.codigo, *codigos)
        if len(codigos) == 1:
            return replace(found, decision="sure", codigo=codigos[0])
        return (
            replace(found, decision="which", codigo=None, candidates=codigos, scores=()) if codigos else found
        )
    if not turn.says_whom:
        return found
    fitting = tuple(codigo for codigo in found.candidates if is_for_minors(codigo) == wanted)
    if found.candidates and not fitting and wanted:
        several = [one for codigo in found.candidates[:MOST_VARIANTS] for one in await variants(turn, codigo)]
        fitting = tuple(dict.fromkeys(several))
    found = _only(found, fitting)
    return _sure(found, fitting[0]) if len(fitting) == 1 and found.decision == "which" else found


async def variants(turn: Turn, codigo: str) -> tuple[str, ...]:
    """The trámites that stand beside `codigo` for whom the turn is about; `codigo` itself where it is one of them."""
    wanted = turn.whom == "minor"
    if is_for_minors(codigo) == wanted:
        return (codigo,)
    words = " ".join([*codigo.split("-"), "menor de edad" if wanted else "mayor de edad"])
    found = await client().resolve(words, turn.locale, None, None)
    several = (found.codigo,) if found.decision == "sure" and found.codigo else found.candidates
    fitting = tuple(one for one in several if is_for_minors(one) == wanted and are_sisters(one, codigo))
    return nearest(codigo, fitting)
