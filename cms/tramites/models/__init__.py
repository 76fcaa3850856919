"""Fichas as editors write them (`pages`, `rows`), their approvals (`workflow`), and as everybody reads them (`versions`)."""

from cms.tramites.models.pages import EntidadPage, FichaPage, PortalPage
from cms.tramites.models.uit import Uit
from cms.tramites.models.versions import Estado, Palabra, Tramite, Version
from cms.tramites.models.workflow import Aprobacion, PasoState, PasoTask, Pedido

__all__ = [
    "Aprobacion",
    "EntidadPage",
    "Estado",
    "FichaPage",
    "Palabra",
    "PasoState",
    "PasoTask",
    "Pedido",
    "PortalPage",
    "Tramite",
    "Uit",
    "Version",
]
