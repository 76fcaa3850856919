from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "cms.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from cms.api import subjects
        from cms.integrations.webhooks.registry import Topic, register
        from cms.tramites.queries import TOPIC

        register(TOPIC, Topic(subjects.describe, subjects.entity_choices))
