from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.search.index import this_node


class Command(BaseCommand):
    help = "Brings the search index of this node up to date; with --anew, makes it from nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        count = this_node.rebuild() if options["anew"] else this_node.catch_up()
        self.stdout.write(f"search index: {count} fichas written")
