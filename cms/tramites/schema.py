"""The shape of a ficha: facts, which have no language, and words, which have one.

The same shape is the seed (YAML in `content/fichas`), the payload of an immutable version, and what
every reader of the system gets. Facts follow the labels of the official TUPA ficha (article 37 of
Ley 27444 and the ficha of RSGP 005-2018-PCM/SGP); the aspects are the questions a citizen asks of it.

Words are addressed by a key (see `word_keys`). A sentence that tells a fact holds a placeholder in its
place (`{monto}`, `{codigo_pago}`, `{plazo}`), so the figure in Quechua is by construction the one in Spanish.
What is refused is said in Spanish: editors read it in the form.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cms.tramites.periods import overlaps

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
# A source is often dated only by its year or month: precision that is not there is not invented.
PartialDate = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Locale = Literal["es", "qu"]

PLACEHOLDERS = ("monto", "codigo_pago", "plazo")


class Aspecto(StrEnum):
    """The closed list of questions a ficha answers, in the order a page shows them."""

    DESCRIPCION = "descripcion"
    REQUISITOS = "requisitos"
    COSTO = "costo"
    PLAZO = "plazo"
    PASOS = "pasos"
    DONDE = "donde"
    HORARIO = "horario"
    CANALES = "canales"
    CITA = "cita"
    QUIEN = "quien"
    RESULTADO = "resultado"
    VIGENCIA = "vigencia"
    CALIFICACION = "calificacion"
    RECURSOS = "recursos"
    BASE_LEGAL = "base_legal"
    FORMULARIOS = "formularios"
    CONTACTO = "contacto"


class Confianza(StrEnum):
    """How sure an aspect is. `SIN_DATO` is an answer too: it is not known here."""

    ALTA = "alta"
    MEDIA = "media"
    BAJA = "baja"
    SIN_DATO = "sin_dato"


class Nivel(StrEnum):
    COMPLETA = "completa"
    BASICA = "basica"


class Tipo(StrEnum):
    PROCEDIMIENTO = "procedimiento"
    EXCLUSIVO = "servicio_exclusivo"
    NO_EXCLUSIVO = "servicio_no_exclusivo"
    POR_CONFIRMAR = "por_confirmar"


class Publico(StrEnum):
    PERSONAS = "personas"
    EMPRESAS = "empresas"


class Via(StrEnum):
    """A way to reach the entity."""

    PRESENCIAL = "presencial"
    EN_LINEA = "en_linea"
    TELEFONO = "telefono"
    APP = "app"


class Unidad(StrEnum):
    """What a term is counted in. Working days follow article 134 of Ley 27444."""

    MINUTOS = "minutos"
    HORAS = "horas"
    DIAS_HABILES = "dias_habiles"
    DIAS_CALENDARIO = "dias_calendario"
    MESES = "meses"
    ANIOS = "anios"


class Calificacion(StrEnum):
    AUTOMATICA = "aprobacion_automatica"
    SILENCIO_POSITIVO = "evaluacion_previa_silencio_positivo"
    SILENCIO_NEGATIVO = "evaluacion_previa_silencio_negativo"
    NO_APLICA = "no_aplica"
    POR_CONFIRMAR = "por_confirmar"


def _at(message: str, **place: str) -> PydanticCustomError:
    """A refusal whose place in the ficha can be read from its context, so that the editor is led there."""
    return PydanticCustomError("ficha", message, place)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidencia(Model):
    """What stands behind one aspect: how sure, who says it, of when, and when it was read."""

    confianza: Confianza
    fuente: str = Field(default="", max_length=500)
    fuente_url: Url = ""
    fecha: PartialDate = ""
    vista: date | None = None

    @model_validator(mode="after")
    def a_claim_names_its_source(self) -> Self:
        if self.confianza is not Confianza.SIN_DATO and not self.fuente:
            raise ValueError("di la fuente, o pon la confianza en sin dato")
        return self


class InForce(Model):
    """A fact with dates; without them it is in force on any day. Both days are included."""

    desde: date | None = None
    hasta: date | None = None

    @model_validator(mode="after")
    def period_runs_forward(self) -> Self:
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValueError("la fecha «hasta» es anterior a «desde»")
        return self

    def in_force(self, on: date) -> bool:
        return not ((self.desde and on < self.desde) or (self.hasta and on > self.hasta))


class Requisito(Model):
    clave: Slug
    tipo: Literal["documento", "pago", "dato", "foto", "condicion"] = "documento"
    via: Via | None = None
    obligatorio: bool = True


class Costo(InForce):
    """One fee. Exactly one of an amount, free of charge, or said to be unconfirmed."""

    clave: Slug
    monto: Amount | None = None
    gratuito: bool = False
    por_confirmar: bool = False
    via: Via | None = None
    codigo_pago: str = Field(default="", max_length=20)
    uit_porcentaje: Amount | None = None

    @model_validator(mode="after")
    def states_one_thing(self) -> Self:
        said = [self.monto is not None and self.monto > 0, self.gratuito, self.por_confirmar]
        if sum(said) != 1:
            raise ValueError(
                "un costo es un monto mayor que 0, o gratuito, o por confirmar: una sola de las tres cosas"
            )
        return self


class Plazo(InForce):
    """How long something takes: `valor` to `valor_max` units, or at once, or said to be unconfirmed."""

    clave: Slug
    valor: int | None = Field(default=None, ge=1, le=10_000)
    valor_max: int | None = Field(default=None, ge=1, le=10_000)
    unidad: Unidad | None = None
    en_el_dia: bool = False
    por_confirmar: bool = False

    @model_validator(mode="after")
    def states_one_thing(self) -> Self:
        if sum([self.valor is not None, self.en_el_dia, self.por_confirmar]) != 1:
            raise ValueError(
                "un plazo es un valor con su unidad, o en el día, o por confirmar: una sola de las tres cosas"
            )
        if (self.valor is None) != (self.unidad is None):
            raise ValueError("el valor y la unidad van juntos")
        return self


class Paso(Model):
    clave: Slug
    via: Via | None = None


class Canal(Model):
    clave: Slug
    via: Via
    url: Url = ""
    telefono: str = Field(default="", max_length=40)
    con_cita: bool | None = None


class Cita(Model):
    requerida: bool | None = None
    url: Url = ""
    telefono: str = Field(default="", max_length=40)


class Vigencia(Model):
    """How long the result is valid. `indefinida` says it does not expire."""

    valor: int | None = Field(default=None, ge=1, le=1000)
    unidad: Unidad | None = None
    indefinida: bool = False


class Recurso(Model):
    tipo: Literal["reconsideracion", "apelacion"]
    autoridad: str = Field(default="", max_length=300)
    presentar_dias: int | None = None
    resolver_dias: int | None = None


class Norma(Model):
    norma: str = Field(max_length=200)
    articulo: str = Field(default="", max_length=100)
    titulo: str = Field(default="", max_length=500)
    fecha_publicacion: date | None = None
    url: Url = ""


class Formulario(Model):
    nombre: str = Field(max_length=300)
    codigo: str = Field(default="", max_length=60)
    url: Url = ""


class Contacto(Model):
    tipo: Literal["telefono", "correo", "web", "unidad"]
    valor: str = Field(max_length=300)
    anexo: str = Field(default="", max_length=40)


class Oficina(Model):
    """An entity, and where known its unit, that offers the tramite inside the MAC network."""

    entidad: Slug
    unidad: str = Field(default="", max_length=300)


class Alias(Model):
    """What people call the tramite, beyond its name. Read by search and by the lexicon."""

    es: list[Words] = []
    qu: list[Words] = []


class Hechos(Model):
    """The facts of a ficha, without a language, and the evidence of each aspect."""

    codigo: Slug
    entidad: Slug
    nivel: Nivel
    tipo: Tipo = Tipo.POR_CONFIRMAR
    codigo_tupa: str = Field(default="", max_length=40)
    publico: list[Publico] = [Publico.PERSONAS]
    temas: list[Slug] = []
    pagina_oficial: Url = ""
    alias: Alias = Alias()
    requisitos: list[Requisito] = []
    costos: list[Costo] = []
    plazos: list[Plazo] = []
    pasos: list[Paso] = []
    canales: list[Canal] = []
    sedes: list[Slug] = []
    oficinas: list[Oficina] = []
    cita: Cita = Cita()
    vigencia: Vigencia | None = None
    calificacion: Calificacion = Calificacion.POR_CONFIRMAR
    recursos: list[Recurso] = []
    base_legal: list[Norma] = []
    formularios: list[Formulario] = []
    contactos: list[Contacto] = []
    evidencia: dict[Aspecto, Evidencia] = {}
    # Rows of the network's 2023 list of 572 services that this ficha stands for.
    servicios_2023: list[int] = []

    @field_validator("temas", "sedes")
    @classmethod
    def order_carries_nothing(cls, codes: list[str]) -> list[str]:
        return sorted(codes)

    @field_validator("publico")
    @classmethod
    def people_come_first(cls, publico: list[Publico]) -> list[Publico]:
        return [who for who in Publico if who in publico]

    @model_validator(mode="after")
    def row_keys_are_unique(self) -> Self:
        for name in ("requisitos", "costos", "plazos", "pasos", "canales"):
            keys = [row.clave for row in getattr(self, name)]
            twice = next((key for key in keys if keys.count(key) > 1), "")
            if twice:
                raise _at("dos filas de {lista} tienen la misma clave", lista=name, clave=twice)
        return self

    @model_validator(mode="after")
    def one_period_of_a_line_at_a_time(self) -> Self:
        """Two rows that follow each other (see `periods`) may not both be in force: which figure would be said?"""
        for name in ("costos", "plazos"):
            for earlier, later in overlaps(getattr(self, name)):
                raise _at(
                    "en {lista}, los periodos de «{antes}» y «{clave}» se cruzan: pon en «{antes}» una fecha "
                    "«vigente hasta» anterior a la fecha «vigente desde» de «{clave}»",
                    lista=name,
                    clave=later.clave,
                    antes=earlier.clave,
                )
        return self

    def evidence_of(self, aspecto: Aspecto) -> Evidencia:
        return self.evidencia.get(aspecto) or Evidencia(confianza=Confianza.SIN_DATO)


class Traduccion(Model):
    """One Quechua sentence, the digest of the Spanish it translates, and who has vouched for it."""

    texto: Words
    sello: str = Field(pattern=r"^[0-9a-f]{12}$")
    estado: Literal["borrador", "traducido", "revisado"] = "traducido"


class Ficha(Model):
    """A whole ficha: the facts, the Spanish words by key, and their Quechua by the same keys."""

    hechos: Hechos
    es: dict[str, Words]
    qu: dict[str, Traduccion] = {}
    variedad: Literal["quy", "quz"] = "quy"

    @model_validator(mode="after")
    def words_belong_to_facts(self) -> Self:
        allowed = set(word_keys(self.hechos))
        strange = sorted((set(self.es) | set(self.qu)) - allowed)
        if strange:
            raise _at("hay palabras sin su hecho: {claves}", claves=", ".join(strange))
        missing = sorted(set(required_word_keys(self.hechos)) - set(self.es))
        if missing:
            raise _at("falta el texto de: {claves}", claves=", ".join(missing))
        return self

    @model_validator(mode="after")
    def placeholders_are_known(self) -> Self:
        texts = list(self.es.values()) + [t.texto for t in self.qu.values()]
        unknown = {name for text in texts for name in placeholders(text)} - set(PLACEHOLDERS)
        if unknown:
            raise ValueError(f"dato desconocido {{{unknown.pop()}}}; se conocen: {', '.join(PLACEHOLDERS)}")
        return self

    @property
    def codigo(self) -> str:
        return self.hechos.codigo

    def name(self, locale: str) -> str:
        """The name in `locale` where it has a current one, otherwise in Spanish."""
        return (self.quechua("nombre") if locale == "qu" else "") or self.es["nombre"]

    def quechua(self, key: str) -> str:
        """The Quechua that may be said of `key`: current, and no machine's draft. Empty where there is none."""
        word = self.qu.get(key)
        if word is None or word.estado == "borrador" or self.is_stale(key):
            return ""
        return word.texto

    def is_stale(self, key: str) -> bool:
        """Whether the Quechua of `key` translates a Spanish that has changed since."""
        return key in self.qu and self.qu[key].sello != seal(self.es.get(key, ""))

    def missing_aspects(self) -> list[Aspecto]:
        """The aspects with a word whose Quechua is missing, a mere draft, or older than the Spanish."""
        lacking = {key for key, text in self.es.items() if text and not self.quechua(key)}
        return [a for a in Aspecto if any(aspect_of(key) is a for key in lacking)]


ROWS_OF_ASPECT = {
    Aspecto.REQUISITOS: "requisitos",
    Aspecto.COSTO: "costos",
    Aspecto.PLAZO: "plazos",
    Aspecto.PASOS: "pasos",
    Aspecto.CANALES: "canales",
}
# Rows that say nothing without a sentence of their own; the others have a default sentence.
ROWS_NEEDING_WORDS = ("requisitos", "pasos")


def word_keys(hechos: Hechos) -> Iterator[str]:
    """Every key a word of this ficha may have.

    `nombre`; an aspect's name for its prose; `<list>.<clave>` for a row; `duda.<aspecto>` for what is
    contradictory or unknown about it, in words a citizen understands.
    """
    yield "nombre"
    for aspecto in Aspecto:
        yield str(aspecto)
        yield f"duda.{aspecto}"
    for name in ROWS_OF_ASPECT.values():
        for row in getattr(hechos, name):
            yield f"{name}.{row.clave}"


def required_word_keys(hechos: Hechos) -> Iterator[str]:
    yield "nombre"
    for name in ROWS_NEEDING_WORDS:
        for row in getattr(hechos, name):
            yield f"{name}.{row.clave}"


def aspect_of(key: str) -> Aspecto:
    """The aspect a word belongs to; a ficha's name belongs to its description."""
    if key == "nombre":
        return Aspecto.DESCRIPCION
    head, _, tail = key.partition(".")
    if head == "duda":
        return Aspecto(tail)
    for aspecto, rows in ROWS_OF_ASPECT.items():
        if head == rows and tail:
            return aspecto
    return Aspecto(head)


def placeholders(text: str) -> set[str]:
    """The names of the facts a sentence leaves room for."""
    return set(re.findall(r"\{([^}]*)\}", text))


def seal(spanish: str) -> str:
    """Twelve hexadecimal digits that change when the Spanish sentence does (spaces apart)."""
    return hashlib.sha256(" ".join(spanish.split()).encode()).hexdigest()[:12]
