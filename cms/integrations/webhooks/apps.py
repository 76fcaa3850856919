from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "cms.integrations.webhooks"
    label = "webhooks"
    verbose_name = "Avisos a otros sistemas"

    def ready(self) -> None:
        from cms.integrations.webhooks.operations import enqueue
        from cms.publishing.registry import follow

        follow("webhooks", enqueue)
