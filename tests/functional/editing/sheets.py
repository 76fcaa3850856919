"""The spreadsheet an entity keeps by itself, as it comes by mail: titles above, columns of its own, amounts as people write them."""

from io import BytesIO

from openpyxl import Workbook

RENEWAL, CERTIFICATE, DUPLICATE = "reniec-dni-renovacion", "reniec-acta-nacimiento", "reniec-dni-duplicado"
OLD_FEE, NEW_FEE = "41.00", "43.50"
HEADERS = (
    "N°",
    "Código de ficha",
    "Procedimiento administrativo",
    "Derecho de tramitación S/",
    "Plazo para resolver",
    "Lugar y hora en que se atiende",
    "Qué se entrega",
    "Sustento",
    "Acción",
)
# What each header is, where the system cannot be sure of it.
MEANT = {
    "Lugar y hora en que se atiende": "Horario de atención",
    "Qué se entrega": "Qué se recibe",
    "Procedimiento administrativo": "— No se lee —",
}
# Calendar days: a warning, with the article of the law that counts working days.
TERM = "15 días calendario"
WITHDRAWN_BECAUSE = "Se da en línea en otro sistema."
# A sentence that has a Quechua translation, which is outdated from then on.
RESULT = "Recibes una copia nueva del mismo DNI. Te la entregan a ti, en persona, o a quien tenga tu poder."
RESULT_QU = "Kikiyki riptiykim qusunkiku"
HOURS = "De lunes a viernes, de 8:15 a 16:00 h."


def messy(fee: str) -> bytes:
    """A workbook whose row 5 raises the fee of the renewal to `fee`; row 6 tells hours and says one sentence anew, row 7 takes a ficha away."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "TUPA RENIEC"
    sheet.append(["REGISTRO NACIONAL DE IDENTIFICACIÓN Y ESTADO CIVIL"])
    sheet.append(["Modificación del TUPA, anexo de la resolución"])
    sheet.append([])
    sheet.append(list(HEADERS))
    sheet.append([1, f" {RENEWAL.upper()} ", "Renovación del DNI electrónico", fee, TERM, *[None] * 4])
    sheet.append([2, DUPLICATE, "Duplicado del DNI electrónico", None, None, HOURS, RESULT, None, None])
    goes = [*[None] * 4, WITHDRAWN_BECAUSE, "retira"]
    sheet.append([3, CERTIFICATE, "Copia del acta de nacimiento", *goes])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def resolution() -> bytes:
    """A PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
