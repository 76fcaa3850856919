from typing import Any

from django.core.management.base import BaseCommand

from cms.search.tasks import learn_asked


class Command(BaseCommand):
    help = "Learns which ficha people mean, from what they asked and from the names in force on this node."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"what people ask: {learn_asked()} fichas learnt")
