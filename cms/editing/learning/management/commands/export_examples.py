"""Writes the accepted examples where the training reads them: `make train` does it first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from cms.editing.learning.exporting import export
from cms.editing.learning.models import Ejemplo


class Command(BaseCommand):
    help = "Escribe los ejemplos aceptados para el entrenamiento."

    def handle(self, *args: Any, **options: Any) -> None:
        """A database that is not prepared yet has accepted nothing."""
        if Ejemplo._meta.db_table not in connection.introspection.table_names():
            self.stdout.write("No database yet: the training data is that of the repository alone.")
            return
        self.stdout.write(f"{export()} accepted examples.")
