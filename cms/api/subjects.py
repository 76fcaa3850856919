"""What a subscriber is told of a ficha that changed: whose it is, and where the API tells it."""

from collections.abc import Sequence

from django.conf import settings

from cms.directory.models import Entidad
from cms.integrations.webhooks.registry import Subject
from cms.tramites.models import Tramite


def describe(codigo: str) -> Subject | None:
    """Also of a withdrawn ficha: that it went is told too."""
    tramite = Tramite.objects.filter(codigo=codigo).select_related("entidad").first()
    if tramite is None:
        return None
    offering = tramite.oficinas.values_list("codigo", flat=True)
    url = f"{settings.PUBLIC_URL}/api/v1/tramites/{codigo}"
    return Subject(frozenset({tramite.entidad.codigo, *offering}), url)


def entity_choices() -> Sequence[tuple[str, str]]:
    return [(row.codigo, str(row)) for row in Entidad.objects.all()]
