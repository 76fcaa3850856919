from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "cms.editing.learning"
    label = "learning"
    verbose_name = "Aprendizaje"
