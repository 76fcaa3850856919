"""Fichas as editors write them (`pages`, `rows`) and as everybody reads them (`versions`)."""

from cms.tramites.models.pages import EntidadPage, FichaPage, PortalPage
from cms.tramites.models.versions import Estado, Palabra, Tramite, Version

__all__ = ["EntidadPage", "Estado", "FichaPage", "Palabra", "PortalPage", "Tramite", "Version"]
