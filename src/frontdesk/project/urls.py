"""Every address of the program."""

from django.urls import include, path

urlpatterns = [
    path("", include("frontdesk.operations.urls")),
    path("", include("frontdesk.channels.telegram.urls")),
    path("api/", include("frontdesk.channels.api.urls")),
    path("", include("frontdesk.channels.web.urls")),
]

handler400 = "frontdesk.channels.web.errors.bad_request"
handler403 = "frontdesk.channels.web.errors.no_rights"
handler404 = "frontdesk.channels.web.errors.not_found"
handler500 = "frontdesk.channels.web.errors.broken"
handler429 = "frontdesk.channels.web.sign_in.views.too_many"
