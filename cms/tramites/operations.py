"""Publishing: a page and its translations become an immutable version, and the outbox learns of it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Max

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.models import Entidad, Tema
from cms.publishing.models import ChangeKind
from cms.publishing.operations import announce
from cms.tramites.digests import json_digest
from cms.tramites.models import Estado, Palabra, Tramite, Version
from cms.tramites.queries import TOPIC, TramiteNotFound, ficha_of
from cms.tramites.schema import Ficha, Publico, Traduccion, seal, word_keys


@transaction.atomic
def publish_ficha(
    ficha: Ficha,
    *,
    by: User | None,
    note: str = "",
    norm: str = "",
    seed: bool = False,
    since: date | None = None,
    undoes: Version | None = None,
) -> Version:
    """Makes `ficha`, with the Quechua on record for it, the current version, and announces it.

    `since`: the day what it changes takes force; before it, what is public now is told (see `earlier`). `undoes`: the
    version that it takes back. `seed`: it comes with a release, and the next release may write it anew unless people change it. Publishing what is already public changes nothing and returns the version that stands.
    """
    # The lock comes first: a translation saved meanwhile is either in the words read below or waits its turn.
    tramite = Tramite.objects.select_for_update().filter(codigo=ficha.codigo).first()
    whole = with_translations(ficha)
    payload = whole.model_dump(mode="json")
    digest = json_digest(payload)
    if (
        tramite
        and tramite.estado == Estado.PUBLICADO
        and tramite.version
        and tramite.version.digest == digest
    ):
        return tramite.version
    kind = ChangeKind.CHANGED if tramite and tramite.estado == Estado.PUBLICADO else ChangeKind.PUBLISHED
    changes = _changed_parts(tramite, whole)
    tramite = _write_columns(tramite, whole)
    version = Version.objects.create(
        tramite=tramite,
        numero=(tramite.versions.aggregate(last=Max("numero"))["last"] or 0) + 1,
        payload=payload,
        digest=digest,
        by=by,
        nota=note,
        norma=norm,
        cambios=changes,
        semilla=seed,
        rige=since,
        deshace=undoes.numero if undoes else None,
    )
    Tramite.objects.filter(pk=tramite.pk).update(version=version)
    announce(topic=TOPIC, key=ficha.codigo, revision=version.numero, kind=kind)
    record("tramite.published", ficha.codigo, by=by, why=note, revision=version.numero, norm=norm)
    return version


@transaction.atomic
def withdraw(codigo: str, *, by: User | None, why: str, replaced_by: str = "") -> None:
    """Takes a tramite out of every public place; raises TramiteNotFound when it is not public."""
    tramite = Tramite.objects.public().select_for_update().filter(codigo=codigo).first()
    if tramite is None:
        raise TramiteNotFound(codigo)
    tramite.estado = Estado.RETIRADO
    tramite.motivo_retiro = why
    tramite.reemplazo = Tramite.objects.filter(codigo=replaced_by).first() if replaced_by else None
    tramite.save(update_fields=["estado", "motivo_retiro", "reemplazo"])
    announce(topic=TOPIC, key=codigo, revision=0, kind=ChangeKind.WITHDRAWN)
    record("tramite.withdrawn", codigo, by=by, why=why, replaced_by=replaced_by)


@transaction.atomic
def save_translations(
    codigo: str,
    words: dict[str, Traduccion],
    *,
    by: User | None,
    variety: str = "quy",
    spanish: Mapping[str, str] | None = None,
    seed: bool = False,
) -> Version | None:
    """Stores Quechua sentences and, where the ficha is public, publishes the version that has them.

    `spanish` holds by key what they translate; by default what is public. It is kept where its digest fits.
    `seed`: they come with a release.
    """
    spanish = public_words(codigo) if spanish is None else spanish
    for key, word in words.items():
        translated = spanish.get(key, "")
        values = {
            "texto": word.texto,
            "castellano": translated if seal(translated) == word.sello else "",
            "estado": word.estado,
            "variedad": variety,
            "by": by,
        }
        Palabra.objects.update_or_create(
            codigo=codigo,
            clave=key,
            locale="qu",
            sello=word.sello,
            defaults={
                **values,
                "revisor": None,
                "revisado_at": None,
                "edicion": F("edicion") + 1,
                **({"edicion_semilla": F("edicion") + 1} if seed else {}),
            },
            create_defaults={**values, "edicion_semilla": int(seed)},
        )
    return publish_translations(codigo, by=by)


@transaction.atomic
def publish_translations(codigo: str, *, by: User | None) -> Version | None:
    """Publishes what is public of `codigo` with the Quechua now on record; None when it is not public."""
    tramite = Tramite.objects.public().select_for_update().filter(codigo=codigo).first()
    if tramite is None or tramite.version is None:
        return None
    return publish_ficha(ficha_of(tramite.version), by=by)


def with_translations(ficha: Ficha) -> Ficha:
    """`ficha` with the Quechua of the words it still has, whole and checked: a version is for ever."""
    known = set(word_keys(ficha.hechos))
    kept = {key: word for key, word in translations(ficha.codigo, ficha.es).items() if key in known}
    return Ficha.model_validate(
        {"hechos": ficha.hechos, "es": ficha.es, "qu": kept, "variedad": ficha.variedad}
    )


def translations(codigo: str, spanish: Mapping[str, str]) -> dict[str, Traduccion]:
    """The Quechua of each sentence of `spanish`: what translates it as it stands, else the latest of the same key.

    A machine's draft is for translators only: no version holds one.
    """
    found: dict[str, Palabra] = {}
    rows = Palabra.objects.filter(codigo=codigo, locale="qu").exclude(estado=Palabra.Estado.BORRADOR)
    for row in rows.order_by("at", "pk"):
        standing = found.get(row.clave)
        if standing is None or standing.sello != seal(spanish.get(row.clave, "")):
            found[row.clave] = row
    return {
        key: Traduccion(texto=row.texto, sello=row.sello, estado=row.estado)
        for key, row in sorted(found.items())
    }


def public_words(codigo: str) -> dict[str, str]:
    """The Spanish sentences that are public of `codigo`, by key; none where it is not public."""
    tramite = Tramite.objects.public().select_related("version").filter(codigo=codigo).first()
    return dict(tramite.version.payload["es"]) if tramite and tramite.version else {}


def _changed_parts(tramite: Tramite | None, new: Ficha) -> list[str]:
    """The names of the facts and words that differ from the version before, for the public history."""
    if tramite is None or tramite.version is None:
        return []
    old = ficha_of(tramite.version)
    facts = [
        name
        for name in type(new.hechos).model_fields
        if getattr(old.hechos, name) != getattr(new.hechos, name)
    ]
    words = [f"es.{key}" for key in sorted(set(old.es) | set(new.es)) if old.es.get(key) != new.es.get(key)]
    translated = [
        f"qu.{key}" for key in sorted(set(old.qu) | set(new.qu)) if old.qu.get(key) != new.qu.get(key)
    ]
    return facts + words + translated


def _write_columns(tramite: Tramite | None, ficha: Ficha) -> Tramite:
    facts = ficha.hechos
    tramite = tramite or Tramite(codigo=facts.codigo)
    tramite.estado = Estado.PUBLICADO
    tramite.motivo_retiro = ""
    tramite.reemplazo = None
    tramite.entidad = Entidad.objects.get(codigo=facts.entidad)
    tramite.nombre = ficha.es["nombre"]
    translated = ficha.name("qu")
    tramite.nombre_qu = translated if translated != tramite.nombre else ""
    tramite.nivel = facts.nivel
    tramite.para_personas = Publico.PERSONAS in facts.publico
    tramite.para_empresas = Publico.EMPRESAS in facts.publico
    tramite.save()
    tramite.temas.set(Tema.objects.filter(codigo__in=facts.temas))
    offered_by = {facts.entidad, *(office.entidad for office in facts.oficinas)}
    tramite.oficinas.set(Entidad.objects.filter(codigo__in=offered_by))
    return tramite
