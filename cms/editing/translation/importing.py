"""A PO file read as what it would change. Nothing is written here: see `applying`, after somebody's yes.

Every entry comes out as new, changed, draft (fuzzy: for translators only), the same, without text, or refused with
the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import polib

from cms.accounts.models import User
from cms.editing.translation import checks, sources
from cms.editing.translation.exporting import SEPARATOR
from cms.editing.translation.rights import entities_of
from cms.editing.translation.states import by_key
from cms.tramites.models import Palabra
from cms.tramites.schema import seal

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 50_000
SHOWN = 500
WHOLE_LINE = re.compile(r'(?:msg[a-z_]+(?:\[\d+\])?\s*)?"(?:[^"\\]|\\.)*"')
Kind = Literal["nueva", "al_dia", "cambia", "borrador", "igual", "atrasada", "vacia", "rechazada"]
STILL_THE_OLD = "El castellano cambió y el quechua es el mismo: al guardar dices que sigue valiendo."


class BadFile(Exception):
    """A file that cannot be read at all; the message says in Spanish what to do."""


@dataclass(frozen=True, slots=True)
class Linea:
    """One entry of the file: what it would do, or why it would not."""

    tipo: Kind
    linea: int
    contexto: str
    castellano: str
    texto: str
    motivo: str = ""
    antes: str = ""
    avisos: tuple[str, ...] = ()


@dataclass(slots=True)
class Lectura:
    """The whole file. `entradas` is what would be written: {codigo, clave, castellano, texto, borrador, edicion}."""

    lineas: list[Linea] = field(default_factory=list)
    entradas: list[dict[str, Any]] = field(default_factory=list)

    def informe(self) -> dict[str, Any]:
        """Counts of every kind, and the lines a person reads: all that is refused, and what changes, up to a limit."""
        told = [line for line in self.lineas if line.tipo not in ("igual", "atrasada", "vacia")]
        told.sort(key=lambda line: (line.tipo != "rechazada", not line.avisos, line.linea))
        shown = [
            {name: getattr(line, name) for name in Linea.__slots__} | {"avisos": list(line.avisos)}
            for line in told[:SHOWN]
        ]
        return {
            "cuentas": dict(Counter(line.tipo for line in self.lineas)),
            "lineas": shown,
            "sin_mostrar": len(told) - len(shown),
            "con_avisos": sum(bool(line.avisos) for line in told),
        }


def read(content: bytes, *, by: User, variedad: str) -> Lectura:
    """What the file would change if `by` said yes; raises BadFile."""
    entries = _parse(content)
    allowed = _within_rights(by, {_split(entry)[0] for entry in entries})
    codes = sorted(allowed)
    reader = _Reader(
        sources.public_sources(codes), sources.coming_sources(codes), _rows(codes), allowed, variedad
    )
    for entry in entries:
        reader.take(entry)
    reader.read.entradas.sort(key=lambda entry: entry["codigo"])  # ficha by ficha, as they are written
    return reader.read


def _parse(content: bytes) -> list[polib.POEntry]:
    if len(content) > MAX_BYTES:
        raise BadFile(f"El archivo pesa más de {MAX_BYTES // 1024 // 1024} MB: divídelo por entidad.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("El archivo no está en UTF-8: guárdalo otra vez con esa codificación.") from error
    if "msgid" not in text or "\x00" in text:
        raise BadFile("No es un archivo PO: debe ser uno exportado de aquí, con la traducción puesta.")
    if line := _first_unclosed(text):
        raise BadFile(f"El archivo PO está dañado: falta cerrar las comillas en la línea {line}. Corrígelo.")
    try:
        # The line end says it is a text: polib would open a bare name as a file of this machine.
        file = polib.pofile(text + "\n", wrapwidth=0)
    except (OSError, ValueError, UnicodeError) as error:
        raise BadFile(
            f"El archivo PO está dañado: {_place(error)}. Corrígelo o expórtalo de nuevo."
        ) from error
    entries = [entry for entry in file if not entry.obsolete]
    if not entries:
        raise BadFile("El archivo PO no tiene ninguna frase.")
    if len(entries) > MAX_ENTRIES:
        raise BadFile(
            f"El archivo tiene {len(entries)} frases; se aceptan {MAX_ENTRIES}: divídelo por entidad."
        )
    return entries


def _first_unclosed(text: str) -> int:
    """The number of the first line whose text has no end, 0 where there is none: polib would drop its last letter."""
    return next(
        (
            number
            for number, line in enumerate(text.splitlines(), 1)
            if line.lstrip().startswith(('"', "msg")) and not WHOLE_LINE.fullmatch(line.strip())
        ),
        0,
    )


def _place(error: Exception) -> str:
    """`Syntax error in po file (line 12): …` in Spanish; what the line holds is the translator's own."""
    head, found, tail = str(error).partition("(line ")
    return f"no se entiende la línea {tail.partition(')')[0]}" if found and head else "no se entiende"


def _split(entry: polib.POEntry) -> tuple[str, str]:
    codigo, _, clave = (entry.msgctxt or "").partition(SEPARATOR)
    return codigo, clave


def _within_rights(by: User, codigos: Iterable[str]) -> set[str]:
    """Those of `codigos` that exist and that `by` may translate; asked of the database once, however many there are."""
    homes, mine = sources.homes(), entities_of(by)
    return {codigo for codigo in codigos if codigo in homes and (mine is None or homes[codigo] in mine)}


def _rows(codigos: list[str]) -> dict[str, list[Palabra]]:
    found: dict[str, list[Palabra]] = {}
    for row in Palabra.objects.filter(codigo__in=codigos, locale="qu").order_by("at", "pk"):
        found.setdefault(row.codigo, []).append(row)
    return found


@dataclass(slots=True)
class _Reader:
    """Takes the entries of one file, one after the other."""

    public: dict[str, sources.Words]
    coming: dict[str, list[sources.Coming]]
    rows: dict[str, list[Palabra]]
    allowed: set[str]
    variedad: str
    read: Lectura = field(default_factory=Lectura)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def take(self, entry: polib.POEntry) -> None:
        text = checks.tidy(entry.msgstr)
        if not text and not entry.msgid_plural:
            return self._tell(entry, "vacia")
        if reason := self._refusal(entry, text):
            return self._tell(entry, "rechazada", reason)
        codigo, clave = _split(entry)
        keys = by_key(self.rows.get(codigo, []))
        self._weigh(entry, text, keys.get(clave, []))
        return None

    def _refusal(self, entry: polib.POEntry, text: str) -> str:
        codigo, clave = _split(entry)
        if entry.msgid_plural:
            return "Tiene plural: las frases de una ficha no lo llevan."
        if not codigo or not clave:
            return "No dice de qué ficha y de qué frase es (msgctxt): no lo cambies al traducir."
        if (entry.msgctxt, entry.msgid) in self.seen:
            return "Está dos veces en el archivo: deja una sola."
        self.seen.add((entry.msgctxt, entry.msgid))
        if codigo not in self.public and codigo not in self.coming:
            return "Esa ficha no existe, está retirada o no es de tus entidades."
        everywhere = [self.public.get(codigo, {}), *(one.words for one in self.coming.get(codigo, []))]
        current = [words.get(clave, "") for words in everywhere]
        if not any(current):
            return "La ficha ya no tiene esa frase."
        if seal(entry.msgid) not in {seal(spanish) for spanish in current if spanish}:
            return "El castellano cambió desde que se exportó: exporta de nuevo y revisa la traducción."
        return " ".join(checks.errors(clave, entry.msgid, text))

    def _weigh(self, entry: polib.POEntry, text: str, rows: list[Palabra]) -> None:
        sello = seal(entry.msgid)
        row = next((row for row in rows if row.sello == sello), None)
        by_person = row is not None and row.estado != Palabra.Estado.BORRADOR
        if row and row.texto == text and (by_person or entry.fuzzy):
            return self._tell(entry, "igual")
        if entry.fuzzy and by_person:
            # A fuzzy text beside a person's is a leftover of the program.
            return self._tell(entry, "igual")
        if entry.fuzzy and text in {old.texto for old in rows}:
            # The outdated one as it was exported: it stays as far behind as it was.
            return self._tell(entry, "atrasada")
        old = next((old for old in reversed(rows) if old.estado != Palabra.Estado.BORRADOR), None)
        kind: Kind = "borrador" if entry.fuzzy else "cambia" if row else "al_dia" if old else "nueva"
        self._keep(entry, text, (row, old), kind)
        return None

    def _keep(
        self, entry: polib.POEntry, text: str, rows: tuple[Palabra | None, Palabra | None], kind: Kind
    ) -> None:
        """`rows`: what stands for this Spanish, and the latest a person wrote for an earlier one."""
        row, old = rows
        codigo, clave = _split(entry)
        self.read.entradas.append(
            {
                "codigo": codigo,
                "clave": clave,
                "castellano": entry.msgid,
                "texto": text,
                "borrador": entry.fuzzy,
                "edicion": row.edicion if row else 0,
            }
        )
        notes = tuple(checks.warnings(entry.msgid, text))
        same = old is not None and row is None and checks.same_words(old.texto, text)
        if same and not entry.fuzzy:
            notes = (STILL_THE_OLD, *notes)
        before = row or old
        self._tell(entry, kind, antes=before.texto if before else "", avisos=notes)

    def _tell(
        self,
        entry: polib.POEntry,
        kind: Kind,
        reason: str = "",
        *,
        antes: str = "",
        avisos: tuple[str, ...] = (),
    ) -> None:
        self.read.lineas.append(
            Linea(
                tipo=kind,
                linea=entry.linenum,
                contexto=(entry.msgctxt or "")[:320],
                castellano=entry.msgid[: checks.LONGEST],
                texto=entry.msgstr[: checks.LONGEST],
                motivo=reason,
                antes=antes,
                avisos=avisos,
            )
        )
