from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "cms.editing.health"
    label = "content_health"
    verbose_name = "Salud del contenido"

    def ready(self) -> None:
        from cms.editing.health.measuring import follow_change
        from cms.publishing.registry import follow

        follow("health", follow_change)
