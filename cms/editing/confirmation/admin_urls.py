"""The editors' addresses, inside Wagtail's admin."""

from django.urls import path

from cms.editing.confirmation.views import screens

app_name = "confirmation"
urlpatterns = [
    path("", screens.rounds, name="rounds"),
    path("nueva/", screens.new_round, name="new"),
    path("<int:pk>/", screens.one_round, name="round"),
    path("<int:pk>/reenviar/", screens.resend, name="resend"),
    path("<int:pk>/anular/", screens.revoke, name="revoke"),
    path("<int:pk>/rebote/", screens.bounced, name="bounced"),
]
