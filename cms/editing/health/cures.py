"""Where each kind of trouble is mended: the very field of the editor, or the screen that is made for it."""

from django.urls import reverse

from cms.editing.health.models import Clase
from cms.tramites.models import FichaPage
from cms.tramites.schema import ROWS_OF_ASPECT, Aspecto

# Somebody has to write what is not known: where the fact itself goes, a list of rows or a field.
UNKNOWN = (Clase.BLANCO, Clase.POR_CONFIRMAR, Clase.SIN_RESPUESTA)
FACTS = {
    **ROWS_OF_ASPECT,
    Aspecto.CITA: "id_cita_requerida",
    Aspecto.VIGENCIA: "id_vigencia_valor",
    Aspecto.CALIFICACION: "id_calificacion",
    Aspecto.RECURSOS: "recursos",
    Aspecto.BASE_LEGAL: "base_legal",
    Aspecto.FORMULARIOS: "formularios",
    Aspecto.CONTACTO: "contactos",
}
TRANSLATED = (Clase.QUECHUA_VIEJO, Clase.QUECHUA_FALTA)


def cure_of(codigo: str, clase: str, aspecto: str) -> str:
    """An address inside the admin; empty when there is no such ficha (any more)."""
    if clase in TRANSLATED:
        return reverse("translation:desk", args=[codigo])
    page = FichaPage.objects.filter(codigo=codigo).first()
    if page is None:
        return ""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return address + _place(page, aspecto, clase)


def _place(page: FichaPage, aspecto: str, clase: str) -> str:
    """Where what is missing is written; else the row of the aspect in the newest draft, or the button that adds one."""
    if aspecto not in set(Aspecto):
        return ""
    draft = page.get_latest_revision_as_object()
    if clase in UNKNOWN and aspecto in FACTS:
        place = FACTS[Aspecto(aspecto)]
        if place.startswith("id_"):
            return f"#{place}"
        return f"#inline_child_{place}-0" if getattr(draft, place).exists() else f"#id_{place}-ADD"
    rows = [row.aspecto for row in draft.aspectos.all()]
    return f"#inline_child_aspectos-{rows.index(aspecto)}" if aspecto in rows else "#id_aspectos-ADD"
