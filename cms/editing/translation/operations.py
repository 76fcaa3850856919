"""Saving, signing and taking back sentences in Quechua. Each publishes the version that has it, and is in the audit."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.editing.translation import checks, sources
from cms.editing.translation.progress import refresh
from cms.editing.translation.rights import NotAllowed, can_translate, speaks_at_desk, why_not_review
from cms.tramites.models import Palabra
from cms.tramites.operations import publish_translations
from cms.tramites.schema import seal

VARIETIES = [code for code, _name in Palabra.VARIEDADES]


class BadText(Exception):
    """What must be mended in a sentence, in Spanish: `reasons`."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Unanswered(BadText):
    """What a person has to answer first: `questions`, each of which is accepted by its id."""

    def __init__(self, questions: list[checks.Pregunta]) -> None:
        super().__init__([question.texto for question in questions])
        self.questions = questions


class StillTheOld(BadText):
    """The text is the translation of the Spanish as it was: that it still holds is said by name, never by saving."""

    def __init__(self) -> None:
        super().__init__(
            [
                "El castellano cambió y no cambiaste el quechua. "
                "Corrígelo, o elige «Sigue valiendo» si dice lo mismo que el castellano de ahora."
            ]
        )


class UnknownSentence(LookupError):
    """The ficha has, and had, no such Spanish sentence."""


class EditedMeanwhile(Exception):
    """Somebody else saved the sentence since it was read; `row` is what stands now, or None where it was taken out."""

    def __init__(self, row: Palabra | None) -> None:
        super().__init__("Otra persona cambió esta frase mientras escribías.")
        self.row = row


@transaction.atomic
def save_word(
    codigo: str,
    clave: str,
    *,
    sello: str,
    texto: str,
    edicion: int,
    variedad: str,
    by: User,
    at_desk: bool = False,
    acepta: Collection[str] = (),
    sigue_vale: bool = False,
) -> Palabra:
    """Stores the translation of the Spanish sentence with the digest `sello`, and publishes it where that is public.

    `edicion` is that of the row the translator read, 0 where there was none; `at_desk`: an agent does it there.
    `acepta`: the ids of the questions the translator answered; `sigue_vale`: the translation of the earlier Spanish
    holds for this one too. Raises NotAllowed, UnknownSentence, BadText, EditedMeanwhile; then nothing is written.
    """
    _check_rights(codigo, by, at_desk=at_desk)
    spanish = sources.spanish_of(codigo, clave, sello)
    if not spanish:
        raise UnknownSentence(f"{codigo} {clave}")
    ask_first(codigo, clave, spanish, texto, acepta=acepta, sigue_vale=sigue_vale)
    row = store_word(codigo, clave, spanish=spanish, texto=texto, edicion=edicion, variedad=variedad, by=by)
    publish_and_count(codigo, by=by)
    return row


def ask_first(
    codigo: str, clave: str, spanish: str, texto: str, *, acepta: Collection[str], sigue_vale: bool
) -> None:
    """Raises Unanswered or StillTheOld for a new text a person has to say something of first."""
    standing = _rows(codigo, clave, seal(spanish)).exclude(estado=Palabra.Estado.BORRADOR).first()
    texto = checks.tidy(texto)
    if standing is not None and standing.texto == texto:
        return
    old = standing is None and is_of_earlier_spanish(codigo, clave, spanish, texto)
    if old and not sigue_vale:
        raise StillTheOld
    if sigue_vale and not old:
        raise BadText(["Cambiaste la traducción: elige «Guardar»."])
    left = [question for question in checks.questions(spanish, texto) if question.id not in acepta]
    if left and texto and not checks.errors(clave, spanish, texto):
        raise Unanswered(left)


def is_of_earlier_spanish(codigo: str, clave: str, spanish: str, texto: str) -> bool:
    """Whether a person wrote these words for another Spanish of the same key."""
    earlier = Palabra.objects.filter(codigo=codigo, clave=clave, locale="qu").exclude(sello=seal(spanish))
    texts = earlier.exclude(estado=Palabra.Estado.BORRADOR).values_list("texto", flat=True)
    return any(checks.same_words(text, texto) for text in texts)


def store_word(
    codigo: str,
    clave: str,
    *,
    spanish: str,
    texto: str,
    edicion: int,
    variedad: str,
    by: User,
    draft: bool = False,
) -> Palabra:
    """As `save_word`, for those who publish afterwards and have asked for rights and answers; `draft`: a machine's."""
    sello, texto = seal(spanish), checks.tidy(texto)
    if reasons := checks.errors(clave, spanish, texto):
        raise BadText(reasons)
    if variedad not in VARIETIES:
        raise BadText(["Elige la variedad del quechua: Ayacucho o Cusco."])
    before = _rows(codigo, clave, sello).first()
    if before and _says_the_same(before, texto, variedad, draft=draft):
        return before
    values = {
        "texto": texto,
        "castellano": spanish,
        "estado": Palabra.Estado.BORRADOR if draft else Palabra.Estado.TRADUCIDO,
        "variedad": variedad,
        "by": by,
        "revisor": None,
        "revisado_at": None,
    }
    row = _write(codigo, clave, sello, edicion, values)
    _record("translation.saved", row, by, antes=before.texto if before else "")
    return row


def _says_the_same(row: Palabra, texto: str, variedad: str, *, draft: bool) -> bool:
    """Saving what stands changes nothing: neither who wrote it nor that it was reviewed."""
    accepts_draft = row.estado == Palabra.Estado.BORRADOR and not draft
    return (row.texto, row.variedad) == (texto, variedad) and not accepts_draft


def _write(codigo: str, clave: str, sello: str, edicion: int, values: dict[str, object]) -> Palabra:
    """Compare-and-set: whoever read another edition than the one that stands is told, and nothing is written."""
    rows = _rows(codigo, clave, sello)
    if edicion:
        written = rows.filter(edicion=edicion).update(**values, at=timezone.now(), edicion=F("edicion") + 1)
        if not written:
            raise EditedMeanwhile(rows.first())
        return rows.get()
    try:
        with transaction.atomic():
            return Palabra.objects.create(codigo=codigo, clave=clave, locale="qu", sello=sello, **values)
    except IntegrityError as error:
        raise EditedMeanwhile(rows.first()) from error


@transaction.atomic
def review_word(
    row: Palabra, *, edicion: int, by: User, at_desk: bool = False, acepta: Collection[str] = ()
) -> Palabra:
    """Signs `row` as reviewed by `by`: another person than the translator, and one who speaks Quechua.

    `acepta`: the ids of the questions about the sentence the signer answered; one left open keeps the signature out.
    Raises NotAllowed, UnknownSentence, BadText, EditedMeanwhile.
    """
    _check_rights(row.codigo, by, at_desk=at_desk)
    if row.edicion != edicion:
        raise EditedMeanwhile(row)
    if reason := why_not_review(by, row):
        raise NotAllowed(reason)
    if row.estado != Palabra.Estado.TRADUCIDO:
        raise BadText(["Solo se revisa lo que una persona ha traducido y guardado."])
    if (row.clave, row.sello) not in sources.current_seals(row.codigo):
        raise UnknownSentence(f"{row.codigo} {row.clave}")
    spanish = sources.spanish_of(row.codigo, row.clave, row.sello)
    if reasons := checks.errors(row.clave, spanish, row.texto):
        raise BadText(reasons)
    if left := [question for question in checks.questions(spanish, row.texto) if question.id not in acepta]:
        raise Unanswered(left)
    return _settle(
        row,
        edicion,
        "translation.reviewed",
        by,
        estado=Palabra.Estado.REVISADO,
        revisor=by,
        revisado_at=timezone.now(),
    )


@transaction.atomic
def send_back(row: Palabra, *, edicion: int, by: User, why: str, at_desk: bool = False) -> Palabra:
    """Takes a sentence that is wrong away from citizens; it stays as a draft for whoever mends it."""
    _check_rights(row.codigo, by, at_desk=at_desk)
    if not why.strip():
        raise BadText(["Di en una frase qué está mal: lo lee quien la corrige."])
    return _settle(
        row,
        edicion,
        "translation.sent_back",
        by,
        why=why.strip()[:500],
        estado=Palabra.Estado.BORRADOR,
        revisor=None,
        revisado_at=None,
    )


def _settle(row: Palabra, edicion: int, what: str, by: User, *, why: str = "", **values: object) -> Palabra:
    rows = Palabra.objects.filter(pk=row.pk)
    if not rows.filter(edicion=edicion).update(**values, edicion=F("edicion") + 1):
        raise EditedMeanwhile(rows.first())
    settled = rows.get()
    _record(what, settled, by, why=why)
    publish_and_count(row.codigo, by=by)
    return settled


def publish_and_count(codigo: str, *, by: User) -> None:
    publish_translations(codigo, by=by)
    refresh([codigo])


def _rows(codigo: str, clave: str, sello: str) -> QuerySet[Palabra]:
    return Palabra.objects.filter(codigo=codigo, clave=clave, locale="qu", sello=sello)


def _check_rights(codigo: str, by: User, *, at_desk: bool) -> None:
    entidad = sources.entity_of(codigo)
    if entidad is None:
        raise UnknownSentence(codigo)
    if not can_translate(by, entidad.codigo) and not (at_desk and speaks_at_desk(by)):
        raise NotAllowed(f"No tienes el encargo de traducir las fichas de {entidad.corto}.")


def _record(what: str, row: Palabra, by: User, *, why: str = "", **detail: str) -> None:
    record(
        what, row.codigo, by=by, why=why,
        clave=row.clave, sello=row.sello, estado=row.estado, variedad=row.variedad, texto=row.texto, **detail,
    )  # fmt: skip
