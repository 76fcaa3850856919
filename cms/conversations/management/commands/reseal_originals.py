"""After a new key was put first: seals what is kept with it, so that the old one can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.conversations import sealing
from cms.conversations.operations.originals import reseal


class Command(BaseCommand):
    help = "Vuelve a cerrar los textos sin cubrir con la primera llave de MAC_ORIGINALS_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        if not sealing.is_possible():
            raise CommandError("Define MAC_ORIGINALS_KEYS: la llave nueva primero y después la anterior.")
        done = reseal()
        self.stdout.write(f"Cerrados con la primera llave: {done.sealed}. No se pudieron abrir: {done.shut}.")
