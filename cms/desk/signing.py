"""The assistant's sentences in Quechua, as speakers vouch for them: one signature, with name, variety and date.

A signature is of a Spanish sentence and its Quechua. When the Spanish is written anew, its digest is another one: the
signature falls, and with it what was corrected.
"""

from dataclasses import dataclass
from string import Formatter

from django.db import DatabaseError, transaction

from cms import kept
from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import NotAnAgent
from cms.conversations.phrases import sentences
from cms.desk.models import SignedPhrase
from cms.editing.translation import checks
from cms.editing.translation.operations import VARIETIES, BadText
from cms.tramites.schema import seal

KEPT_SECONDS = 5
KEY = "desk:signed-phrases"


class OtherSentence(Exception):
    """The Spanish has changed since the page was drawn: read the sentence again."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence of the assistant as citizens get it now, with the signature it has, if any."""

    key: str
    castellano: str
    texto: str
    signed: SignedPhrase | None

    @property
    def sello(self) -> str:
        return seal(self.castellano)


def corrected(spanish: str, quechua: str) -> str:
    """What a speaker has signed for `spanish`, or `quechua` as it is."""
    known: dict[str, str] | None = kept.get(KEY)
    if known is None:
        try:
            known = dict(SignedPhrase.objects.order_by("at", "id").values_list("sello", "texto"))
        except DatabaseError:  # what says that something is broken must not break with it
            return quechua
        kept.put(KEY, known, KEPT_SECONDS)
    return known.get(seal(spanish), quechua)


def phrases() -> list[Phrase]:
    """All of them, in the order of the code; those nobody has signed first."""
    newest = {row.sello: row for row in SignedPhrase.objects.select_related("by").order_by("at", "id")}
    found = []
    for key, (spanish, quechua) in sentences().items():
        signed = newest.get(seal(spanish))
        found.append(Phrase(key, spanish, signed.texto if signed else quechua, signed))
    return sorted(found, key=lambda phrase: phrase.signed is not None)


def phrase(key: str) -> Phrase | None:
    return next((found for found in phrases() if found.key == key), None)


@transaction.atomic
def sign(*, key: str, sello: str, texto: str, variedad: str, by: User) -> SignedPhrase:
    """`by` vouches for `texto` as the Quechua of the sentence. Raises NotAnAgent, OtherSentence, BadText."""
    if not by.speaks_quechua or not has_role(by, Role.AGENT):
        raise NotAnAgent(f"{by} does not speak Quechua")
    found = phrase(key)
    if found is None or found.sello != sello:
        raise OtherSentence(key)
    texto = checks.tidy(texto)
    if problems := _problems(found.castellano, texto, variedad):
        raise BadText(problems)
    signed = SignedPhrase.objects.create(
        sello=sello, castellano=found.castellano, texto=texto, antes=found.texto, variedad=variedad, by=by
    )
    record("phrase.signed", key, by=by, texto=texto, antes=found.texto, variedad=variedad, sello=sello)
    transaction.on_commit(lambda: kept.put(KEY, None, 1))
    return signed


def _problems(spanish: str, texto: str, variedad: str) -> list[str]:
    found = checks.errors("frase", spanish, texto)
    if not found and _fields(texto) != _fields(spanish):
        found = ["Los datos entre llaves no son los mismos que en el castellano."]
    if variedad not in VARIETIES:
        found.append("Elige la variedad del quechua: Ayacucho o Cusco.")
    return found


def _fields(text: str) -> set[str]:
    """The values a sentence has room for; a text that cannot be filled in has none that fits."""
    try:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}
