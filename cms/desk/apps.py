from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cms.desk"
    label = "desk"
    verbose_name = "Mesa de agentes"

    def ready(self) -> None:
        from cms.conversations import ended, keepers
        from cms.conversations.answerers import register_switch
        from cms.conversations.phrases import register_corrections
        from cms.desk import retention
        from cms.desk.ended import keep
        from cms.desk.pausing import is_paused
        from cms.desk.signing import corrected

        register_switch(is_paused)
        register_corrections(corrected)
        ended.register(keep)
        keepers.register(keepers.Keeper(due=retention.due, delete=retention.delete, reseal=retention.reseal))
