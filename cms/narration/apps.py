from django.apps import AppConfig


class NarrationConfig(AppConfig):
    name = "cms.narration"
    label = "narration"
    verbose_name = "Audio"

    def ready(self) -> None:
        from cms.narration.following import follow_change
        from cms.publishing.registry import follow

        follow("narration", follow_change)
