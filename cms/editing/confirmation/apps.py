from django.apps import AppConfig


class ConfirmationConfig(AppConfig):
    name = "cms.editing.confirmation"
    label = "confirmation"
    verbose_name = "Confirmación"
