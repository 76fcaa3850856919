from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "cms.conversations"
    label = "conversations"
    verbose_name = "Conversaciones"

    def ready(self) -> None:
        from cms.conversations import assistant
        from cms.conversations.answerers import register

        register("assistant", assistant.ask, order=10)
