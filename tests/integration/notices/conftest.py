from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.directory.models import Entidad, Sede
from cms.notices.models import Aviso, Severidad
from cms.tramites.models import Tramite

Put = Callable[..., Aviso]


def notice(
    titulo: str, *, desde: datetime | None = None, hasta: datetime | None = None, **other: Any
) -> Aviso:
    """A whole notice in force for an hour around now, unless told otherwise; targets by their codes."""
    now = timezone.now()
    targets = {
        "entidades": Entidad.objects.filter(codigo__in=other.pop("entidades", ())),
        "sedes": Sede.objects.filter(codigo__in=other.pop("sedes", ())),
        "tramites": Tramite.objects.filter(codigo__in=other.pop("tramites", ())),
    }
    values = {
        "texto": f"Texto de {titulo}.",
        "titulo_qu": f"{titulo} runasimipi",
        "texto_qu": f"{titulo}: rimasqa.",
        "severidad": Severidad.IMPORTANTE,
        "fuente": "Comunicado 12 de la PCM",
        "fuente_fecha": date(2026, 11, 20),
        "desde": desde or now - timedelta(minutes=30),
        "hasta": hasta or now + timedelta(minutes=30),
        **other,
    }
    aviso = Aviso(titulo=titulo, **values)
    aviso.full_clean()
    aviso.save()
    for name, rows in targets.items():
        getattr(aviso, name).set(rows)
    return aviso


@pytest.fixture
def put(seeded: None) -> Put:
    return notice
