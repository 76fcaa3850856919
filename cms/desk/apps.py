from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cms.desk"
    label = "desk"
    verbose_name = "Mesa de agentes"

    def ready(self) -> None:
        from cms.conversations import ended
        from cms.conversations.answerers import register_switch
        from cms.conversations.phrases import register_corrections
        from cms.desk.ended import keep
        from cms.desk.pausing import is_paused
        from cms.desk.signing import corrected

        register_switch(is_paused)
        register_corrections(corrected)
        ended.register(keep)
