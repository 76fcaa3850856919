from django.apps import AppConfig
from django.conf.locale import LANG_INFO

# Django ships no name for Quechua; here, because every setting and check comes after the apps are known.
LANG_INFO.setdefault(
    "qu",
    {"bidi": False, "code": "qu", "name": "Quechua", "name_local": "Runasimi"},
)


class UiConfig(AppConfig):
    name = "cms.ui"
    label = "ui"
    verbose_name = "Interfaz"
