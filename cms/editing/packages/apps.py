from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "cms.editing.packages"
    label = "packages"
    verbose_name = "Paquetes"
