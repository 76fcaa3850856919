"""The Spanish a translator works from: what is public, and what a draft or a package sent for approval would make public."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.editing.packages.models import Paquete, Partida
from cms.editing.packages.queries import PROMISED
from cms.editing.proposals import Accion
from cms.tramites.models import EntidadPage, Estado, FichaPage, Tramite, Version
from cms.tramites.schema import Aspecto, aspect_of, seal

Words = dict[str, str]

WORDED_ROWS = ("requisitos", "costos", "plazos", "pasos", "canales")
VERSIONS_SEARCHED = 50
DRAFT = "Borrador del castellano: todavía no es público"


@dataclass(frozen=True, slots=True)
class Coming:
    """The Spanish of one ficha that is not public yet. `de` tells a translator where it stands."""

    words: Words
    de: str


def public_sources(codigos: Collection[str]) -> dict[str, Words]:
    """The public Spanish of each code that has one."""
    rows = Tramite.objects.public().filter(codigo__in=codigos).values_list("codigo", "version__payload__es")
    return {codigo: dict(words) for codigo, words in rows}


def coming_sources(codigos: Collection[str]) -> dict[str, list[Coming]]:
    """What is to be public of each code: its newest draft, then what packages would make of it, as they were sent."""
    found: dict[str, list[Coming]] = {}
    for codigo, content in _drafts(codigos):
        found.setdefault(codigo, []).append(Coming(words_of_revision(content), DRAFT))
    for item in _promised().filter(codigo__in=codigos).select_related("paquete").order_by("paquete_id"):
        assert item.resultado is not None  # `_promised` has none without
        found.setdefault(item.codigo, []).append(Coming(dict(item.resultado["es"]), _told(item.paquete)))
    return found


def _drafts(codigos: Collection[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The newest draft of each code that has one; of a withdrawn ficha there is none."""
    gone = Tramite.objects.filter(codigo__in=codigos, estado=Estado.RETIRADO).values("codigo")
    rows = FichaPage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), codigo__in=codigos)
    found = rows.exclude(codigo__in=gone).values_list("codigo", "latest_revision__content")
    return [(codigo, content) for codigo, content in found if content]


def _promised() -> QuerySet[Partida]:
    """What packages sent or approved would make public: one that is stopped or taken back is none of a translator's work."""
    rows = Partida.objects.filter(paquete__estado__in=PROMISED, resultado__isnull=False)
    return rows.exclude(accion=Accion.IGUAL)


def _told(package: Paquete) -> str:
    at = package.en_vigor_at
    when = f"rige desde el {at.astimezone(LIMA):%d/%m/%Y, %H:%M}" if at else "rige cuando se apruebe"
    return f"Paquete «{package.titulo}»: {when}"


def words_of_revision(content: Mapping[str, Any]) -> Words:
    """The words of a page as Wagtail keeps it in a revision, by key. A draft may be incomplete: nothing is checked."""
    words = {"nombre": str(content.get("title") or "")}
    for row in content.get("aspectos") or []:
        if row.get("aspecto") in set(Aspecto):
            words[row["aspecto"]] = row.get("texto") or ""
            words[f"duda.{row['aspecto']}"] = row.get("duda") or ""
    for name in WORDED_ROWS:
        for row in content.get(name) or []:
            words[f"{name}.{row.get('clave')}"] = row.get("texto") or ""
    return {key: text.strip() for key, text in words.items() if text.strip()}


def sentences(public: Words, coming: Sequence[Coming]) -> Iterator[tuple[str, str, str]]:
    """(key, Spanish, where it stands or empty for what is public) in page order; what is to come behind what it replaces."""
    keys = dict.fromkeys(key for words in (*(one.words for one in coming), public) for key in words)
    for key in sorted(keys, key=_place):  # a stable sort: rows stay in their own order
        said = {""}
        for words, de in ((public, ""), *((one.words, one.de) for one in coming)):
            text = words.get(key, "")
            if text and seal(text) not in said:
                said.add(seal(text))
                yield key, text, de


def _place(key: str) -> tuple[int, int]:
    """Where a page shows it: by aspect; rows before the aspect's prose, what is doubtful last."""
    if key == "nombre":
        return (-1, 0)
    aspecto = aspect_of(key)
    kind = 2 if key.startswith("duda.") else int("." not in key)
    return (list(Aspecto).index(aspecto), kind)


def spanish_of(codigo: str, clave: str, sello: str) -> str:
    """The sentence of that digest: public, to come, or in an earlier version; empty where it never was."""
    for words in _current(codigo):
        text = words.get(clave, "")
        if text and seal(text) == sello:
            return text
    versions = Version.objects.filter(tramite__codigo=codigo).values_list("payload__es", flat=True)
    for earlier in versions[:VERSIONS_SEARCHED]:
        text = earlier.get(clave, "")
        if text and seal(text) == sello:
            return str(text)
    return ""


def current_seals(codigo: str) -> set[tuple[str, str]]:
    """(key, digest) of every Spanish sentence that is public or to come."""
    return {(key, seal(text)) for words in _current(codigo) for key, text in words.items()}


def _current(codigo: str) -> list[Words]:
    coming = coming_sources([codigo]).get(codigo, [])
    return [public_sources([codigo]).get(codigo, {}), *(one.words for one in coming)]


def entity_of(codigo: str) -> Entidad | None:
    """The entity of a ficha, public or still to come; None for a code nobody uses."""
    tramite = Tramite.objects.select_related("entidad").filter(codigo=codigo).first()
    if tramite:
        return tramite.entidad
    found = entities_of_coming([codigo])
    return Entidad.objects.get(pk=found[codigo]) if codigo in found else None


def homes() -> dict[str, str]:
    """The code of the entity of every ficha, public or not, by code."""
    shelves = dict(EntidadPage.objects.values_list("path", "entidad__codigo"))
    pages = FichaPage.objects.values_list("codigo", "path")
    drafts = {code: shelves[parent] for code, path in pages if (parent := _parent_path(path)) in shelves}
    promised = dict(_promised().order_by().values_list("codigo", "paquete__entidad__codigo"))
    return promised | drafts | dict(Tramite.objects.values_list("codigo", "entidad__codigo"))


def entities_of_coming(codigos: Collection[str]) -> dict[str, int]:
    """The primary key of the entity each page hangs from, or whose package brings it, by code."""
    paths = dict(FichaPage.objects.filter(codigo__in=codigos).values_list("codigo", "path"))
    parents = {_parent_path(path) for path in paths.values()}
    shelves = dict(EntidadPage.objects.filter(path__in=parents).values_list("path", "entidad_id"))
    promised = _promised().filter(codigo__in=codigos).order_by()
    return dict(promised.values_list("codigo", "paquete__entidad_id")) | {
        codigo: shelves[parent] for codigo, path in paths.items() if (parent := _parent_path(path)) in shelves
    }


def promised_codes() -> QuerySet[Partida, str]:
    return _promised().order_by().values_list("codigo", flat=True)


def _parent_path(path: str) -> str:
    return path[: -FichaPage.steplen]
