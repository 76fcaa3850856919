"""Where in the editor's form a finding is mended."""

from dataclasses import dataclass

from cms.tramites.preflight.findings import Finding
from cms.tramites.schema import ROWS_OF_ASPECT, Aspecto

PAGE_FIELDS = frozenset({"title", "codigo", "nivel", "tipo", "codigo_tupa", "calificacion", "pagina_oficial"})
ASPECT_FIELDS = frozenset({"texto", "duda", "confianza", "fuente", "fuente_url", "fecha", "vista"})
ROWS: dict[Aspecto, str] = {
    **ROWS_OF_ASPECT,
    Aspecto.RECURSOS: "recursos",
    Aspecto.BASE_LEGAL: "base_legal",
    Aspecto.FORMULARIOS: "formularios",
    Aspecto.CONTACTO: "contactos",
}
FIRST_FIELD = {
    "requisitos": "texto", "costos": "monto", "plazos": "valor", "pasos": "texto", "canales": "via",
    "recursos": "tipo", "base_legal": "norma", "formularios": "nombre", "contactos": "valor", "aspectos": "confianza",
}  # fmt: skip
FIELDS_OF_PAGE_BY_FACT = {
    "valor": "vigencia_valor", "unidad": "vigencia_unidad", "requerida": "cita_requerida", "url": "cita_url",
    "telefono": "cita_telefono",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the page, or a field of the row of `lista` that has this `clave` (or is at this place, from 1).

    Where there is no such row, one is to be added: to `lista`, or else to `otra`.
    """

    campo: str
    lista: str = ""
    clave: str = ""
    otra: str = ""


def place_of(finding: Finding) -> Place:
    if finding.campo in PAGE_FIELDS and not finding.clave:
        return Place(finding.campo)
    rows = ROWS.get(finding.aspecto, "")
    if finding.clave and rows:
        return Place(finding.campo or FIRST_FIELD[rows], rows, finding.clave)
    if finding.aspecto is Aspecto.HORARIO and finding.clave:
        return Place("sedes")
    if finding.aspecto in (Aspecto.VIGENCIA, Aspecto.CITA) and finding.campo in FIELDS_OF_PAGE_BY_FACT:
        return Place(FIELDS_OF_PAGE_BY_FACT[finding.campo])
    field = finding.campo if finding.campo in ASPECT_FIELDS else "confianza"
    return Place(field, "aspectos", str(finding.aspecto), rows)
