"""The resolution and the sheet of a package: bounded, what they say they are, and named by their digest."""

import hashlib

from django.core.files.uploadedfile import UploadedFile

from cms.editing.packages.errors import PackageError

MIB = 1024 * 1024
PDF_BYTES = 20 * MIB
SHEET_BYTES = 10_000_000
NAME_LENGTH = 120
PDF_HEAD, PDF_TAIL = b"%PDF-", b"%%EOF"


def read_pdf(file: "UploadedFile[bytes]") -> bytes:
    """The bytes of a PDF; raises PackageError for what is none, is cut short, or is too large."""
    content = _bounded(file, PDF_BYTES, "La resolución")
    # Readers accept some bytes before and after; a name and a content type say nothing.
    if PDF_HEAD not in content[:1024] or PDF_TAIL not in content[-2048:]:
        raise PackageError("La resolución no es un PDF, o está cortada: sube el archivo PDF completo.")
    return content


def read_sheet_file(file: "UploadedFile[bytes]") -> bytes:
    return _bounded(file, SHEET_BYTES, "La hoja")


def _bounded(file: "UploadedFile[bytes]", limit: int, what: str) -> bytes:
    content = b"" if (file.size or 0) > limit else file.read(limit + 1)
    if (file.size or 0) > limit or len(content) > limit:
        raise PackageError(f"{what} pesa más de {limit // 1_000_000} MB: sube un archivo más pequeño.")
    if not content:
        raise PackageError(f"{what} está vacía.")
    return content


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def shown_name(file: "UploadedFile[bytes]") -> str:
    """The name it came with, for people to read only: the stored file has a name of ours."""
    kept = "".join(c for c in (file.name or "archivo") if c.isprintable() and c not in '/\\"')
    return kept[-NAME_LENGTH:]
