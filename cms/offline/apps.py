from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "cms.offline"
    label = "offline"
    verbose_name = "Sin línea"
