import gzip
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.api.datasets import DATASETS
from cms.api.writing import CONTENT_TYPES, parts


class Command(BaseCommand):
    help = "Writes the open data (fichas, entities, sedes) into a folder, as JSON Lines and CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--gzip", action="store_true", help="compress each file")
        parser.add_argument("--bom", action="store_true", help="begin each CSV with the mark Excel wants")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for dataset in DATASETS.values():
                for form in CONTENT_TYPES:
                    suffix = f"{form}.gz" if options["gzip"] else form
                    whole = parts(dataset, form, bom=options["bom"])
                    path = folder / f"{dataset.name}.{suffix}"
                    _write(path, whole, packed=options["gzip"])
                    self.stdout.write(f"{path}: {path.stat().st_size:,} bytes")
        except OSError as error:
            raise CommandError(f"The open data cannot be written: {error}") from error


def _write(path: Path, whole: Iterator[bytes], *, packed: bool) -> None:
    """Whole or not at all: who reads the folder meanwhile sees the file of before."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with gzip.open(unfinished, "wb") if packed else unfinished.open("wb") as file:
            for part in whole:
                file.write(part)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
