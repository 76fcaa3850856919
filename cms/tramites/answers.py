"""The answer to an aspect of a ficha: the one text that page, API, chat, audio and desk all show.

Doubt travels with it: `alta` is said plainly; `media` and `baja` are said to be unconfirmed, with the source
and its date; `sin_dato` says that it is not known here and who knows. Nothing is said without evidence.
"""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cms.directory.hours import LIMA
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Confianza, Evidencia
from cms.tramites.telling import TELLERS, Voice
from cms.ui.blocks import Bloque, Respuesta, plain
from cms.ui.formats import partial_date
from lenguas.dates import date_text

# The network's own list of services: what backs "where" when the entity itself has said nothing.
NETWORK_LIST = Evidencia(
    confianza=Confianza.BAJA,
    fuente="Sistematización de la Plataforma MAC (PCM-SGP, GRADE, 2023), Anexo 3",
    fecha="2023-12",
)


def answer(published: Published, aspecto: Aspecto, locale: str, on: date | None = None) -> Respuesta:
    """What the version of `published` says of `aspecto`, in `locale`, of what is in force on the day `on`."""
    with translation.override(locale):
        return _answer(published, aspecto, locale, on or datetime.now(LIMA).date())


def answers(published: Published, locale: str, on: date | None = None) -> list[Respuesta]:
    """All seventeen, in page order."""
    return [answer(published, aspecto, locale, on) for aspecto in Aspecto]


def _answer(published: Published, aspecto: Aspecto, locale: str, on: date) -> Respuesta:
    evidence = _evidence(published, aspecto)
    voice = Voice(published.ficha, locale, on)
    told = TELLERS[aspecto](voice) if evidence.confianza is not Confianza.SIN_DATO else []
    confidence = evidence.confianza if told else Confianza.SIN_DATO
    doubt = _doubt(voice, aspecto)
    said = told + doubt + _closing(published, evidence, confidence, locale)
    blocks = tuple(_withdrawn_since(published, locale, on) + _language_notice(voice) + said)
    version = published.version_of(aspecto)
    return Respuesta(
        aspecto=aspecto,
        locale=locale,
        texto=plain(blocks),
        bloques=blocks,
        confianza=confidence,
        url=f"/{locale}/tramites/{published.codigo}/#{aspecto}",
        codigo=published.codigo,
        revision=version.numero,
        fuente=evidence.fuente,
        fecha=evidence.fecha,
        actualizado_at=version.at,
        faltante=voice.fell_back,
    )


def _evidence(published: Published, aspecto: Aspecto) -> Evidencia:
    facts = published.ficha.hechos
    evidence = facts.evidence_of(aspecto)
    if evidence.confianza is not Confianza.SIN_DATO:
        return evidence
    if aspecto is Aspecto.DONDE and facts.servicios_2023:
        return NETWORK_LIST
    return evidence


def _doubt(voice: Voice, aspecto: Aspecto) -> list[Bloque]:
    text, language = voice.say(f"duda.{aspecto}")
    return [Bloque("aviso", text, idioma=language)] if text else []


def _closing(published: Published, evidence: Evidencia, confidence: Confianza, locale: str) -> list[Bloque]:
    who = published.tramite.entidad.corto
    if confidence is Confianza.SIN_DATO:
        return [Bloque("aviso", _unknown(who)), *_official_page(published)]
    if confidence is Confianza.ALTA:
        return []
    return [Bloque("aviso", f"{_unconfirmed(who)} {_source(evidence, locale)}")]


def _unknown(who: str) -> str:
    return _(
        "Ese dato no lo tenemos confirmado. Quien lo sabe es {entidad}. También puedes preguntar al 1800, Aló MAC."
    ).format(entidad=who)


def _unconfirmed(who: str) -> str:
    return _("Por confirmar con la entidad ({entidad}).").format(entidad=who)


def _source(evidence: Evidencia, locale: str) -> str:
    if not evidence.fecha:
        return _("Fuente, sin fecha: {fuente}.").format(fuente=evidence.fuente)
    if evidence.fuente.endswith(evidence.fecha):
        # The source is often named by its date: said once, and as a date people read.
        evidence = evidence.model_copy(
            update={"fuente": evidence.fuente.removesuffix(evidence.fecha).strip()}
        )
    return _("Fuente: {fuente} ({fecha}).").format(
        fuente=evidence.fuente, fecha=partial_date(evidence.fecha, locale)
    )


def _official_page(published: Published) -> list[Bloque]:
    url = published.ficha.hechos.pagina_oficial
    return [Bloque("enlace", _("Página de la entidad:"), url=url)] if url else []


def _withdrawn_since(published: Published, locale: str, on: date) -> list[Bloque]:
    """Before the facts of a day gone by: nobody may take them for what is asked today."""
    if published.retiro is None or published.retiro.at is None:
        return []
    said = _("Este trámite fue retirado el {dia}. Esto es lo que regía el {en}.").format(
        dia=date_text(published.retiro.at.astimezone(LIMA).date(), locale), en=date_text(on, locale)
    )
    return [Bloque("aviso", said)]


def _language_notice(voice: Voice) -> list[Bloque]:
    """Said in Quechua, before Spanish sentences that stand in for missing or outdated Quechua."""
    if not voice.fell_back:
        return []
    return [
        Bloque(
            "nota",
            _(
                "Esta información todavía está en castellano. "
                "Si prefieres, habla en quechua con una persona de Aló MAC: 1800."
            ),
        )
    ]
