from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "cms.ui"
    label = "ui"
    verbose_name = "Interfaz"
