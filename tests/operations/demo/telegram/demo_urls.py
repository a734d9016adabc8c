"""The addresses of a demo: everybody's, and the phone."""

from django.urls import include, path

urlpatterns = [
    path("demo/telegram/", include("frontdesk.operations.demo.telegram.urls")),
    path("", include("frontdesk.project.urls")),
]
