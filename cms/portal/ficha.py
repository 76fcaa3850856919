"""A ficha as a page tells it: the most needed first, the law folded, what is not known said once at the end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cms.directory.hours import LIMA
from cms.portal.glance import Fact, Line, at_a_glance, ways, whole_lines
from cms.portal.needs import NeedGroup, needs
from cms.portal.sources import told_source
from cms.tramites.answers import answers
from cms.tramites.attesting import attested_on
from cms.tramites.labels import aspect_title
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Confianza, Costo, Plazo, Via
from cms.ui.blocks import Bloque, Respuesta

LEGAL = {Aspecto.CALIFICACION, Aspecto.BASE_LEGAL}
# What everybody asks first.
FIRST_ASKED = {Aspecto.REQUISITOS, Aspecto.COSTO, Aspecto.PLAZO}
# Told under a heading of its own: what one may do when it goes wrong.
APART = {*LEGAL, Aspecto.RECURSOS}


@dataclass(frozen=True, slots=True)
class Section:
    """One aspect. What the page says once for all its sections is not in `body`."""

    respuesta: Respuesta
    titulo: str
    # The day the entity itself confirmed it, where it did.
    confirmado: date | None = None

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

    @property
    def besides_figures(self) -> tuple[Bloque, ...]:
        return tuple(block for block in self.body if block.tipo != "monto")


@dataclass(frozen=True, slots=True)
class TramiteView:
    """All seventeen aspects of one ficha, each in exactly one of the three groups."""

    published: Published
    nombre: str
    idioma: str
    sections: tuple[Section, ...]
    groups: tuple[NeedGroup, ...] = ()
    # The day whose fees and terms are told.
    on: date | None = None

    @property
    def intro(self) -> Section:
        return self.sections[0]

    @property
    def main(self) -> list[Section]:
        return [s for s in self.sections[1:] if not s.unknown and s.aspecto not in APART]

    @property
    def legal(self) -> list[Section]:
        return [s for s in self.sections if not s.unknown and s.aspecto in LEGAL]

    @property
    def appeals(self) -> Section | None:
        """What to do when the answer is no, where that is known."""
        return next((s for s in self.sections if s.aspecto is Aspecto.RECURSOS and not s.unknown), None)

    @property
    def basic(self) -> bool:
        """Whether hardly more than the name is known: neither what it needs, nor what it costs, nor how long it takes."""
        return all(s.unknown for s in self.sections if s.aspecto in FIRST_ASKED)

    @property
    def glance(self) -> list[Fact]:
        """The figures people look for first, each as it is told; a question without one is left to its section."""
        return [
            fact
            for s in self.sections
            if (rows := self._rows(s.aspecto))
            and (
                fact := at_a_glance(self.published.ficha, rows, s.body, titulo=s.titulo, doubtful=s.doubtful)
            )
        ]

    @property
    def fees(self) -> tuple[Line, ...]:
        """Each fee as it is told, with the payment code that is its own."""
        cost = next(s for s in self.sections if s.aspecto is Aspecto.COSTO)
        return () if cost.unknown else whole_lines(self._rows(Aspecto.COSTO), cost.body)

    def _rows(self, aspecto: Aspecto) -> list[Costo] | list[Plazo]:
        """The rows that answer `aspecto` on the day of this page, in the order they are told."""
        facts, on = self.published.ficha.hechos, self.on or datetime.now(LIMA).date()
        if aspecto is Aspecto.COSTO:
            return [row for row in facts.costos if row.in_force(on)]
        if aspecto is Aspecto.PLAZO:
            return [row for row in facts.plazos if row.in_force(on)]
        return []

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
    def sources(self) -> dict[Aspecto, str]:
        """Who says what is told without doubt, where that is somebody else than the entity."""
        entidad = self.published.tramite.entidad
        sure = (s for s in self.sections if not s.unknown and not s.doubtful)
        return {s.aspecto: said for s in sure if (said := told_source(s.respuesta, entidad))}

    @property
    def shared_source(self) -> str:
        """The one most of these have: the page names it once."""
        most = Counter(self.sources.values()).most_common(1)
        return most[0][0] if most and most[0][1] > 1 else ""

    @property
    def sources_of_their_own(self) -> dict[str, str]:
        return {aspecto: said for aspecto, said in self.sources.items() if said != self.shared_source}

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
    today = datetime.now(LIMA).date()
    sections = tuple(
        Section(
            respuesta,
            _title(published, Aspecto(respuesta.aspecto), locale),
            _confirmed(published, Aspecto(respuesta.aspecto)),
        )
        for respuesta in answers(published, locale, today)
    )
    nombre, idioma = page_name(published, locale)
    with translation.override(locale):
        groups = tuple(needs(published, locale, today))
    return TramiteView(published, nombre, idioma, sections, groups, today)


def _confirmed(published: Published, aspecto: Aspecto) -> date | None:
    """Nothing is called confirmed beside a sentence that doubts it."""
    ficha = published.ficha
    return None if f"duda.{aspecto}" in ficha.es else attested_on(ficha.hechos.evidence_of(aspecto))


def _title(published: Published, aspecto: Aspecto, locale: str) -> str:
    """The heading of an aspect; that of the channels names those the ficha has."""
    facts = published.ficha.hechos
    if aspecto is not Aspecto.CANALES or {Via.PRESENCIAL, Via.EN_LINEA} <= {row.via for row in facts.canales}:
        return aspect_title(aspecto, locale)
    with translation.override(locale):
        return " · ".join(ways(facts)) or _("Cómo")


def page_name(published: Published, locale: str) -> tuple[str, str]:
    """The name of a ficha, and its language where it is not the page's."""
    name, spanish = published.ficha.name(locale), published.ficha.name("es")
    return name, "es" if locale == "qu" and name == spanish else ""
