"""What changed lately, of one entidad or of all, for whoever follows it in a feed reader (Atom, RFC 4287)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.directory.models import Entidad
from cms.directory.queries import EntidadNotFound, entidad
from cms.portal import queries
from cms.publishing.models import ChangeKind
from cms.tramites.labels import aspect_title
from cms.tramites.models import Tramite
from cms.tramites.queries import HistoryEntry, aspects_of, changed_lately

LONGEST = 40
_WHAT: dict[ChangeKind, Callable[[], str]] = {
    ChangeKind.PUBLISHED: lambda: _("Nuevo"),
    ChangeKind.CHANGED: lambda: _("Cambió"),
    ChangeKind.WITHDRAWN: lambda: _("Retirado"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as a reader of the feed gets it."""

    tramite: Tramite
    change: HistoryEntry
    locale: str

    @property
    def nombre(self) -> str:
        return queries.entry(self.tramite, self.locale).nombre

    @property
    def aspects(self) -> str:
        return ", ".join(aspect_title(aspecto, self.locale) for aspecto in aspects_of(self.change.cambios))


class Changes(Feed):  # type: ignore[type-arg]  # generic for mypy only
    """Every change of a public ficha that an editor made; what the portal was first filled with is none."""

    feed_type = Atom1Feed
    language = None

    def get_object(self, request: HttpRequest, codigo: str = "") -> Entidad | None:
        self.locale = "qu" if get_language() == "qu" else "es"
        if not codigo:
            return None
        try:
            return entidad(codigo)
        except EntidadNotFound as error:
            raise Http404(codigo) from error

    def title(self, of: Entidad | None) -> str:
        return f"MAC · {_('Qué cambió')}{f' · {of.corto}' if of else ''}"

    def link(self, of: Entidad | None) -> str:
        return self._at(f"entidades/{of.codigo}/" if of else "tramites/")

    def feed_url(self, of: Entidad | None) -> str:
        return self._at(f"entidades/{of.codigo}/cambios.xml" if of else "cambios.xml")

    def subtitle(self) -> str:
        return _("Los trámites nuevos, cambiados y retirados, con su norma.")

    def items(self, of: Entidad | None) -> Iterable[Told]:
        return [Told(tramite, change, self.locale) for tramite, change in changed_lately(of, LONGEST)]

    def item_title(self, item: Told) -> str:
        what = _WHAT[item.change.tipo]()
        aspects = f" ({item.aspects})" if item.aspects and item.change.tipo == ChangeKind.CHANGED else ""
        return f"{what}: {item.nombre}{aspects}"

    def item_description(self, item: Told) -> str:
        return "\n".join(part for part in (item.change.nota, item.change.norma) if part)

    def item_link(self, item: Told) -> str:
        return self._at(f"tramites/{item.tramite.codigo}/")

    def item_guid(self, item: Told) -> str:
        return f"{settings.PUBLIC_URL}/cambios/{item.tramite.codigo}/{item.change.at:%Y%m%dT%H%M%S%f}"

    def item_updateddate(self, item: Told) -> datetime:
        return item.change.at

    item_pubdate = item_updateddate

    def _at(self, path: str) -> str:
        return f"{settings.PUBLIC_URL}/{self.locale}/{path}"


def changes(request: HttpRequest, **named: Any) -> Any:
    """A feed keeps its language while it is written; each request has one of its own."""
    return Changes()(request, **named)
