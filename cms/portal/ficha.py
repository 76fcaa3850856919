"""A ficha as a page tells it: the most needed first, the law folded, what is not known said once at the end."""

from collections import Counter
from dataclasses import dataclass

from cms.tramites.answers import answers
from cms.tramites.labels import aspect_title
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Confianza
from cms.ui.blocks import Bloque, Respuesta

LEGAL = {Aspecto.CALIFICACION, Aspecto.RECURSOS, Aspecto.BASE_LEGAL}


@dataclass(frozen=True, slots=True)
class Section:
    """One aspect. What the page says once for all its sections is not in `body`."""

    respuesta: Respuesta
    titulo: str

    @property
    def aspecto(self) -> Aspecto:
        return Aspecto(self.respuesta.aspecto)

    @property
    def unknown(self) -> bool:
        return self.respuesta.confianza == Confianza.SIN_DATO

    @property
    def doubtful(self) -> bool:
        return self.respuesta.confianza in (Confianza.MEDIA, Confianza.BAJA)

    @property
    def body(self) -> tuple[Bloque, ...]:
        """The blocks without the language notice before them and without what closes them.

        An unknown aspect closes with who knows it (and perhaps the entity's page), a doubtful one with its source.
        """
        blocks = self.respuesta.bloques[1:] if self.respuesta.faltante else self.respuesta.bloques
        if self.unknown:
            return blocks[: -2 if blocks[-1].tipo == "enlace" else -1]
        return blocks[:-1] if self.doubtful else blocks


@dataclass(frozen=True, slots=True)
class TramiteView:
    """All seventeen aspects of one ficha, each in exactly one of the three groups."""

    published: Published
    nombre: str
    idioma: str
    sections: tuple[Section, ...]

    @property
    def intro(self) -> Section:
        return self.sections[0]

    @property
    def main(self) -> list[Section]:
        return [s for s in self.sections[1:] if not s.unknown and s.aspecto not in LEGAL]

    @property
    def legal(self) -> list[Section]:
        return [s for s in self.sections if not s.unknown and s.aspecto in LEGAL]

    @property
    def unknown(self) -> list[Section]:
        return [s for s in self.sections[1:] if s.unknown]

    @property
    def doubtful(self) -> bool:
        return any(s.doubtful for s in self.sections)

    @property
    def shared_doubt(self) -> Respuesta | None:
        """One of the doubtful answers whose source and date most of them have: the page says these once."""
        doubtful = [s.respuesta for s in self.sections if s.doubtful]
        origins = Counter(map(_origin, doubtful))
        if not origins:
            return None
        most, times = origins.most_common(1)[0]
        if times < 2 or times * 2 <= len(doubtful):
            return None
        return next(answer for answer in doubtful if _origin(answer) == most)

    @property
    def doubts_of_their_own(self) -> list[Aspecto]:
        """The doubtful aspects whose source or date is another than the one said once."""
        shared = self.shared_doubt
        return [
            s.aspecto
            for s in self.sections
            if s.doubtful and not (shared and _origin(s.respuesta) == _origin(shared))
        ]

    @property
    def fell_back(self) -> bool:
        """Whether some Spanish stands in for missing or outdated Quechua."""
        return bool(self.idioma) or any(s.respuesta.faltante for s in self.sections)


def _origin(answer: Respuesta) -> tuple[str, str]:
    return answer.fuente, answer.fecha


def tramite_view(published: Published, locale: str) -> TramiteView:
    sections = tuple(
        Section(respuesta, aspect_title(Aspecto(respuesta.aspecto), locale))
        for respuesta in answers(published, locale)
    )
    nombre, idioma = _name(published, locale)
    return TramiteView(published, nombre, idioma, sections)


def _name(published: Published, locale: str) -> tuple[str, str]:
    name, spanish = published.ficha.name(locale), published.ficha.name("es")
    return name, "es" if locale == "qu" and name == spanish else ""
