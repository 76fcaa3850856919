"""What a proposal is compared with: the public ficha and the page's latest revision, named so that a newer edit shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Revision

from cms.directory.hours import LIMA
from cms.editing.packages.models import Partida
from cms.editing.proposals import Accion
from cms.tramites.authorship import content_digest
from cms.tramites.digests import json_digest
from cms.tramites.models import FichaPage, Version
from cms.tramites.queries import ficha_of, public_tramites
from cms.tramites.schema import Ficha


@dataclass(frozen=True, slots=True)
class Base:
    """The state of one ficha now. `ficha` and `version` only where it is public."""

    version: Version | None = None
    page: FichaPage | None = None
    revision: Revision | None = None

    @property
    def ficha(self) -> Ficha | None:
        return ficha_of(self.version) if self.version else None

    @property
    def numero(self) -> int:
        return self.version.numero if self.version else 0

    @property
    def sello(self) -> str:
        return spanish_digest(self.version.payload) if self.version else ""

    @property
    def revision_id(self) -> int:
        return self.revision.pk if self.revision else 0

    @property
    def revision_sello(self) -> str:
        return content_digest(self.revision) if self.revision else ""

    @property
    def has_draft(self) -> bool:
        """Whether somebody's work on the page is not public, and would be left behind by a proposal that does not have it."""
        if not (self.page and self.page.has_unpublished_changes):
            return False
        # Wagtail calls it a draft also where somebody only pressed the button.
        live = self.page.live_revision
        return live is None or content_digest(live) != self.revision_sello


NOTHING = Base()


def spanish_digest(payload: dict[str, Any]) -> str:
    """Of facts and Spanish words only: a sentence that a translator saves meanwhile is no reason to stop."""
    said = {"hechos": payload["hechos"], "es": payload["es"]}
    return json_digest(said)


def bases_of(codigos: Iterable[str]) -> dict[str, Base]:
    """The present state of each code; one that is unknown has the base of nothing."""
    wanted = list(codigos)
    versions = {t.codigo: t.version for t in public_tramites().filter(codigo__in=wanted)}
    pages = {
        page.codigo: page
        for page in FichaPage.objects.filter(codigo__in=wanted).select_related("latest_revision")
    }
    return {
        codigo: Base(versions.get(codigo), pages.get(codigo), _latest(pages.get(codigo))) for codigo in wanted
    }


def _latest(page: FichaPage | None) -> Revision | None:
    return page.latest_revision if page else None


def columns(base: Base) -> dict[str, Any]:
    """The columns of a `Partida` that name its base."""
    return {
        "base": base.version,
        "base_sello": base.sello,
        "base_revision": base.revision_id,
        "base_revision_sello": base.revision_sello,
    }


def stale(items: Iterable[Partida]) -> list[str]:
    """A sentence for each ficha that somebody changed since it was compared: which one, and who."""
    touched = [item for item in items if item.accion != Accion.IGUAL]
    now = bases_of(item.codigo for item in touched)
    return [line for item in touched if (line := _told(item, now[item.codigo]))]


def _told(item: Partida, base: Base) -> str:
    if base.sello != item.base_sello:
        return f"{item.codigo}: lo publicado cambió ({_publication(base)})."
    # By what it says, not by its number: saving without a change, by hand or by itself, holds nobody up.
    if base.revision_sello != item.base_revision_sello:
        return f"{item.codigo}: {author_of(base)} guardó después otro borrador{_saved(base)}."
    return ""


def _saved(base: Base) -> str:
    return f", el {_moment(base.revision.created_at)}" if base.revision else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LIMA):%d/%m/%Y a las %H:%M}"


def _publication(base: Base) -> str:
    if base.version is None:
        return "ya no es pública"
    return f"versión {base.numero}, de {_name(base.version.by)}, el {_moment(base.version.at)}"


def author_of(base: Base) -> str:
    """Who wrote last on the page; of what has no page, who published it."""
    return _name(base.revision.user if base.revision else base.version.by if base.version else None)


def _name(person: AbstractBaseUser | None) -> str:
    return person.get_username() if person else "alguien sin cuenta"
