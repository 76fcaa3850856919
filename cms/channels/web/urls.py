"""The chat page in both languages, and what its script asks for."""

from django.urls import include, path

from cms.channels.web import calling, keeping, listening, pages

chat = [
    path("chat/", pages.chat, name="chat"),
    path("chat/hilo/", pages.tail, name="tail"),
    path("chat/ver/", pages.look, name="look"),
    path("chat/panel/", pages.panel, name="panel"),
    path("chat/contacto/", pages.contact, name="contact"),
    path("chat/cerrar/", pages.close, name="close"),
    path("chat/borrar/", pages.forget, name="forget"),
    path("chat/eliminar/", pages.erase, name="erase"),
    path("chat/conversacion.txt", keeping.keep, name="keep"),
    path("chat/llamada/", calling.call_me, name="call-me"),
    path("chat/oir/<int:seq>.mp3", listening.hear, name="hear"),
    path("chat/oir/<int:seq>.json", listening.times, name="hear-times"),
    path("chat/calificar/", pages.rate, name="rate"),
]

urlpatterns = [
    path("es/", include((chat, "chat"), namespace="chat-es")),
    path("qu/", include((chat, "chat"), namespace="chat-qu")),
]
