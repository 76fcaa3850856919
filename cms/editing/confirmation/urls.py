"""The contact's addresses."""

from django.urls import path

from cms.editing.confirmation.views import contact

app_name = "confirming"
urlpatterns = [
    path("<str:token>/", contact.start, name="start"),
    path("<str:token>/enviar/", contact.send, name="send"),
    path("<str:token>/ficha/<slug:codigo>/", contact.ficha, name="ficha"),
]
