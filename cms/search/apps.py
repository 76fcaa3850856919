from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cms.search"
    label = "search"
    verbose_name = "Búsqueda"

    def ready(self) -> None:
        from cms.conversations.answerers import register
        from cms.publishing.registry import follow
        from cms.search import answerer
        from cms.search.followers import index_change

        follow("search", index_change)
        register("search", answerer.answer, order=20)
