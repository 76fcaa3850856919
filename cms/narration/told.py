"""The text that is spoken: of an aspect the answer as it is told everywhere, of a ficha all of them in good order."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from cms.directory.answers import PLACE_ASPECTS
from cms.directory.hours import LIMA
from cms.directory.models import Sede
from cms.notices.closures import answer_place
from cms.notices.queries import Told, Touched, touched_by
from cms.notices.sentences import spoken, spoken_lines
from cms.tramites.answers import answer, answers
from cms.tramites.labels import aspect_title
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Confianza
from cms.ui.blocks import Bloque, Respuesta
from voice.pieces import Language
from voice.speaking import Script, script_of

WHOLE = "todo"
PARTS = (WHOLE, *(str(aspecto) for aspecto in Aspecto))
LEGAL = (Aspecto.CALIFICACION, Aspecto.RECURSOS, Aspecto.BASE_LEGAL)

# A line of text and the language it is written in.
Line = tuple[str, Language]


class UnknownPart(LookupError):
    """Neither an aspect nor the whole ficha."""


def told(published: Published, part: str, locale: str, on: date | None = None) -> tuple[Line, ...]:
    """What is said of one aspect, or of the whole ficha; raises UnknownPart.

    Of an aspect, its lines are the very text of the answer.
    """
    day = on or datetime.now(LIMA).date()
    if part == WHOLE:
        return tuple(_Whole(published, locale, day).lines())
    if part not in PARTS:
        raise UnknownPart(part)
    return tuple(lines_of(answer(published, Aspecto(part), locale, day).bloques, locale))


def told_place(sede: Sede, locale: str, at: datetime) -> tuple[Line, ...]:
    """A place: what is said of it for a while, its name, where it is, when it opens, how to ask, and since when that is known."""
    parts = [lines_of(answer_place(sede, aspecto, locale, at).bloques, locale) for aspecto in PLACE_ASPECTS]
    confirmed = [parts[0][-1]] if sede.confirmado else []
    said = [line for lines in parts for line in lines if line not in confirmed]
    # What is not known of several things is said once.
    whole = dict.fromkeys([(f"{sede.nombre}.", "es"), *said, *confirmed])
    return (*told_notices(touched_by(sede_id=sede.codigo), locale, at), *whole)


def told_notices(touched: Touched | None, locale: str, at: datetime | None = None) -> tuple[Line, ...]:
    """What an editor says for a while on a page about `touched`: heard before the rest, which may not hold meanwhile."""
    return tuple((text, _language(code)) for text, code in spoken(touched, locale, at))


def told_notice(told: Told, locale: str) -> tuple[Line, ...]:
    return tuple((text, _language(code)) for text, code in spoken_lines(told, locale))


def text_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(text for text, _language in lines)


@lru_cache(maxsize=512)
def script_for(lines: tuple[Line, ...]) -> Script:
    """The lines made speakable. Kept, because a player asks for one recording in several ranges."""
    return script_of(lines)


def lines_of(blocks: tuple[Bloque, ...], locale: str) -> list[Line]:
    """The blocks line by line, as `plain` writes them, each line in its language."""
    lines: list[Line] = []
    for block in blocks:
        if block.texto:
            url = block.url if block.tipo == "enlace" and block.url != block.texto else ""
            text = f"{block.texto} {url}".strip()
            lines.append((text, _language(block.idioma or locale)))
        lines += [(f"- {item}", _language(language or locale)) for item, language in block.elementos]
    return lines


def _language(code: str) -> Language:
    return "qu" if code == "qu" else "es"


def _body_of_unknown(respuesta: Respuesta) -> tuple[Bloque, ...]:
    """Without the notice of the language before it, and who knows (and perhaps the entity's page) behind it."""
    blocks = respuesta.bloques[1:] if respuesta.faltante else respuesta.bloques
    return blocks[: -2 if blocks[-1].tipo == "enlace" else -1]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A ficha read from top to bottom: what is needed first, then what is not known, the law at the end.

    What would be said with each aspect (that words are still Spanish, where a doubtful fact is from) is said once.
    """

    published: Published
    locale: str
    day: date

    def lines(self) -> list[Line]:
        said = answers(self.published, self.locale, self.day)
        known = [r for r in said if r.confianza != Confianza.SIN_DATO]
        with translation.override(self.locale):
            lines = [self._name(), *self._notice(said)]
            each = not known or any(r.confianza == Confianza.ALTA for r in known)
            if not each:
                lines.append(self._own(_("Todo lo que sigue está por confirmar con la entidad.")))
            lines += self._sections([r for r in known if r.aspecto not in LEGAL], each=each)
            lines += self._unknown([r for r in said if r.confianza == Confianza.SIN_DATO])
            lines += self._sections([r for r in known if r.aspecto in LEGAL], each=each)
            return [
                *lines,
                *self._sources(known),
                self._own(_("Para hablar con una persona, llama al 1800.")),
            ]

    def _own(self, text: str) -> Line:
        return text, _language(self.locale)

    def _name(self) -> Line:
        name = self.published.ficha.name(self.locale)
        return f"{name}.", "es" if name == self.published.ficha.name("es") else _language(self.locale)

    def _notice(self, said: list[Respuesta]) -> list[Line]:
        fallen = next((r for r in said if r.faltante), None)
        return lines_of(fallen.bloques[:1], self.locale) if fallen else []

    def _sections(self, said: list[Respuesta], *, each: bool) -> list[Line]:
        """`each`: the doubt is said with every doubtful one, because some are sure."""
        return [line for respuesta in said for line in self._section(respuesta, each=each)]

    def _section(self, respuesta: Respuesta, *, each: bool) -> list[Line]:
        doubtful = respuesta.confianza != Confianza.ALTA
        blocks = respuesta.bloques[1 if respuesta.faltante else 0 : -1 if doubtful else None]
        title = aspect_title(Aspecto(respuesta.aspecto), self.locale)
        lines = [self._own(f"{title}."), *lines_of(blocks, self.locale)]
        doubt = [self._own(_("Esto está por confirmar con la entidad."))] if doubtful and each else []
        return lines + doubt

    def _unknown(self, said: list[Respuesta]) -> list[Line]:
        if not said:
            return []
        titles = "; ".join(aspect_title(Aspecto(r.aspecto), self.locale) for r in said)
        who = next(block.texto for block in reversed(said[0].bloques) if block.tipo == "aviso")
        lines = [self._own(f"{_('Esto todavía no lo sabemos')}: {titles}."), self._own(who)]
        for respuesta in said:
            # What is unknown may still have something to be warned of.
            warned = lines_of(_body_of_unknown(respuesta), self.locale)
            lines += (
                [self._own(f"{aspect_title(Aspecto(respuesta.aspecto), self.locale)}."), *warned]
                if warned
                else []
            )
        return lines

    def _sources(self, known: list[Respuesta]) -> list[Line]:
        closing = [r.bloques[-1].texto for r in known if r.confianza != Confianza.ALTA]
        return [self._own(text) for text in dict.fromkeys(closing)]
