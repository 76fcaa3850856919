"""What a translator sees of one ficha: each Spanish sentence beside its Quechua, with what helps to translate it."""

from collections import Counter
from dataclasses import dataclass, field

from cms.directory.models import Entidad
from cms.editing.marking import Piece, marked
from cms.editing.translation import checks, sources
from cms.editing.translation.glossary import Term, hits
from cms.editing.translation.states import LABELS, PENDING, Situacion, Standing, by_key, standing
from cms.tramites.labels import aspect_title
from cms.tramites.models import Palabra
from cms.tramites.schema import aspect_of, placeholders, seal

# Sentences a citizen acts upon: an old one of these does harm.
MATTERS = ("requisitos", "costos", "costo", "plazos", "plazo", "pasos", "duda", "recursos", "vigencia")


@dataclass(slots=True)
class Frase:
    """One sentence to translate. `de`: where this Spanish stands; empty for what citizens read now.

    `problemas` and `conflicto` are what the last save of it has to say; `escrito` what was typed then. `preguntas` are
    what a person has to answer of the text that stands, or was typed, before it is kept or signed.
    """

    codigo: str
    clave: str
    castellano: str
    de: str
    standing: Standing
    glosario: list[Term]
    memoria: Palabra | None = None
    problemas: list[str] = field(default_factory=list)
    conflicto: Palabra | None = None
    escrito: str | None = None
    guardada: str = ""
    puede_firmar: bool = False
    preguntas: list[checks.Pregunta] = field(default_factory=list)
    # What stood in the box of a signature or a refusal that met another text.
    aparte: str = ""

    @property
    def sello(self) -> str:
        return seal(self.castellano)

    @property
    def publica(self) -> bool:
        return not self.de

    @property
    def id(self) -> str:
        return f"frase-{self.clave.replace('.', '-')}-{self.sello}"

    @property
    def situacion(self) -> Situacion:
        return self.standing.situacion

    @property
    def estado(self) -> str:
        return LABELS[self.situacion]

    @property
    def pendiente(self) -> bool:
        return self.situacion in PENDING

    @property
    def palabra(self) -> Palabra | None:
        return self.standing.row

    @property
    def anterior(self) -> Palabra | None:
        """The translation of the Spanish as it was, while there is none of the Spanish as it is."""
        return self.standing.before if self.pendiente else None

    @property
    def avisos(self) -> list[checks.Pregunta]:
        """What is to be looked at again in the translation that stands; a signature answers each."""
        row = self.palabra
        return checks.questions(self.castellano, row.texto) if row else []

    @property
    def faltas(self) -> list[str]:
        """Why what stands cannot be signed, in a row kept before the rule was."""
        row = self.palabra
        return checks.errors(self.clave, self.castellano, row.texto) if row else []

    @property
    def marcas(self) -> list[Piece]:
        """The old Spanish and the new in one line; empty where the old is not known or there is none."""
        old = self.anterior.castellano if self.anterior else ""
        return marked(old, self.castellano) if old else []

    @property
    def texto(self) -> str:
        """What the box holds: what was typed, what there is, or the old Quechua to be mended."""
        if self.escrito is not None:
            return self.escrito
        row = self.palabra or self.anterior
        return row.texto if row else ""

    @property
    def edicion(self) -> int:
        return self.palabra.edicion if self.palabra else 0

    @property
    def titulo(self) -> str:
        head, _, tail = self.clave.partition(".")
        if self.clave == "nombre":
            return "Nombre del trámite"
        title = aspect_title(aspect_of(self.clave), "es")
        if head == "duda":
            return f"{title}: lo que está por confirmar"
        return f"{title}: {tail}" if tail else title

    @property
    def importante(self) -> bool:
        return self.clave.partition(".")[0] in MATTERS

    @property
    def datos(self) -> list[str]:
        return [f"{{{name}}}" for name in sorted(placeholders(self.castellano))]

    @property
    def es_lista(self) -> bool:
        return "\n" in self.castellano

    @property
    def renglones(self) -> int:
        return max(2, len(self.castellano) // 45 + self.castellano.count("\n") + 1)


@dataclass(frozen=True, slots=True)
class Mesa:
    """The desk of one ficha."""

    codigo: str
    nombre: str
    entidad: Entidad
    publica: bool
    frases: list[Frase]

    @property
    def cuentas(self) -> list[tuple[str, int]]:
        counted = Counter(frase.situacion for frase in self.frases)
        return [(LABELS[state], counted[state]) for state in Situacion if counted[state]]

    @property
    def pendientes(self) -> int:
        return sum(frase.pendiente for frase in self.frases)

    def frase(self, clave: str, sello: str) -> Frase | None:
        """The sentence of that key and Spanish; where its Spanish has changed since, the one that took its place."""
        same_key = [frase for frase in self.frases if frase.clave == clave]
        exact = [frase for frase in same_key if frase.sello == sello]
        return next(iter(exact or same_key), None)


def desk(codigo: str) -> Mesa | None:
    """None for a code that has neither a public ficha nor one to come."""
    public = sources.public_sources([codigo]).get(codigo)
    coming = sources.coming_sources([codigo]).get(codigo, [])
    entidad = sources.entity_of(codigo)
    if entidad is None or (public is None and not coming):
        return None
    words = public if public is not None else coming[0].words
    return Mesa(
        codigo,
        words.get("nombre", codigo),
        entidad,
        public is not None,
        _frases(codigo, public or {}, coming),
    )


def _frases(codigo: str, public: sources.Words, coming: list[sources.Coming]) -> list[Frase]:
    rows = Palabra.objects.filter(codigo=codigo, locale="qu").select_related("by", "revisor")
    keys = by_key(rows.order_by("at", "pk"))
    frases = [
        Frase(codigo, key, text, de, standing(text, keys.get(key, [])), hits(text))
        for key, text, de in sources.sentences(public, coming)
    ]
    _remember(codigo, frases)
    return frases


def _remember(codigo: str, frases: list[Frase]) -> None:
    """Finds, for what is pending, the same Spanish sentence already translated in another ficha; reviewed ones first."""
    wanted = {frase.sello for frase in frases if frase.pendiente}
    rows = (
        Palabra.objects.filter(sello__in=wanted, locale="qu")
        .exclude(codigo=codigo)
        .exclude(estado=Palabra.Estado.BORRADOR)
        .order_by("estado", "-at")
    )
    found: dict[str, Palabra] = {}
    for row in rows[:500]:
        found.setdefault(row.sello, row)
    for frase in frases:
        if frase.pendiente:
            frase.memoria = found.get(frase.sello)
