from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cms.search"
    label = "search"
    verbose_name = "Búsqueda"

    def ready(self) -> None:
        from cms.publishing.registry import follow
        from cms.search.followers import index_change

        follow("search", index_change)
