from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "cms.conversations"
    label = "conversations"
    verbose_name = "Conversaciones"
