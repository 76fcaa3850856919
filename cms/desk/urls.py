"""The agents' desk. Everything but signing in is for agents and supervisors."""

from django.urls import path

from cms.desk.views import board, callbacks, conversation, entering, fichas

app_name = "desk"

urlpatterns = [
    path("", board.board, name="board"),
    path("entrar/", entering.EnterView.as_view(), name="enter"),
    path("salir/", entering.leave_desk, name="leave"),
    path("cola/", board.side, name="side"),
    path("presencia/", board.beat, name="beat"),
    path("disponible/", board.availability, name="availability"),
    path("conversaciones/<uuid:pk>/", conversation.conversation, name="conversation"),
    path("conversaciones/<uuid:pk>/mensajes/", conversation.lines, name="lines"),
    path("conversaciones/<uuid:pk>/tomar/", conversation.claim, name="claim"),
    path("conversaciones/<uuid:pk>/responder/", conversation.answer, name="answer"),
    path("conversaciones/<uuid:pk>/escribiendo/", conversation.typing, name="typing"),
    path("conversaciones/<uuid:pk>/nota/", conversation.note, name="note"),
    path("conversaciones/<uuid:pk>/cerrar/", conversation.leave_hands, {"how": "close"}, name="close"),
    path("conversaciones/<uuid:pk>/cola/", conversation.leave_hands, {"how": "queue"}, name="queue"),
    path(
        "conversaciones/<uuid:pk>/asistente/",
        conversation.leave_hands,
        {"how": "assistant"},
        name="assistant",
    ),
    path("conversaciones/<uuid:pk>/pasar/", conversation.leave_hands, {"how": "transfer"}, name="transfer"),
    path("fichas/", fichas.search_fichas, name="search"),
    path("fichas/<slug:codigo>/", fichas.ficha, name="ficha"),
    path("llamadas/", callbacks.callbacks, name="callbacks"),
    path("llamadas/<int:pk>/contacto/", callbacks.reveal, name="reveal"),
    path("llamadas/<int:pk>/hecha/", callbacks.done, name="done"),
]
