"""A plain guess at what is asked, by words: for when the assistant does not say. One table, both languages."""

from collections.abc import Iterable

from lenguas.normalise import fold

# Folded beginnings of words, or whole phrases. The first aspect of the table with a match wins: "a qué hora
# atienden" before "dónde", "cuánto demora" before "cuánto".
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plazo", ("cuanto demora", "cuanto tarda", "cuanto tiempo", "cuantos dias", "plazo", "demora", "unay")),
    ("horario", ("horario", "a que hora", "atienden", "abren", "cierran", "imay ura", "kichanku")),
    ("costo", ("cuesta", "costo", "cuanto es", "precio", "tasa", "pagar", "pago", "gratis", "chani", "kustan",
               "haykataq", "haykam", "haykata")),
    ("requisitos", ("requisito", "necesito", "piden", "papeles", "documentos", "que llevo", "que debo llevar",
                    "necesitani", "imakunata", "apamunay", "munakun")),
    ("cita", ("cita", "turno", "reservar")),
    ("vigencia", ("vence", "vigencia", "caduca", "dura", "vale")),
    ("formularios", ("formulario", "formato", "ficha para llenar")),
    ("recursos", ("apelar", "apelacion", "reconsideracion", "me negaron", "rechaz")),
    ("base_legal", ("ley", "norma", "decreto", "base legal", "kamachi")),
    ("quien", ("quien puede", "otra persona", "apoderado", "pitaq")),
    ("canales", ("internet", "en linea", "virtual", "online")),
    ("donde", ("donde", "lugar", "direccion", "oficina", "sede", "maypi", "mayman")),
    ("contacto", ("telefono", "correo", "llamar", "contacto", "qayay")),
    ("pasos", ("como saco", "como hago", "como se", "pasos", "como tramito", "imaynata", "imaynam")),
    ("descripcion", ("que es", "para que sirve", "imam", "imapaq")),
)  # fmt: skip
PERSON = (
    "hablar con una persona", "hablar con alguien", "hablar con un", "un asesor", "una asesora", "un agente",
    "un humano", "una persona", "runawan", "runawanmi",
)  # fmt: skip


def guess(text: str) -> str | None:
    """The aspect the words of `text` point at; None when they point at none."""
    folded = f" {fold(text)} "
    return next((aspecto for aspecto, words in WORDS if _any_begins(words, folded)), None)


def asks_for_person(text: str) -> bool:
    return _any_begins(PERSON, f" {fold(text)} ")


def begins_with(words: Iterable[str], text: str) -> bool:
    """Whether `text` begins with one of the folded `words`."""
    return fold(text).lstrip("¡¿ ").startswith(tuple(words))


def _any_begins(words: Iterable[str], folded: str) -> bool:
    spaced = "".join(character if character.isalnum() else " " for character in folded)
    return any(f" {word}" in spaced for word in words)
