"""The addresses of the demo's phone."""

from django.urls import path

from frontdesk.operations.demo.telegram import pages

urlpatterns = [
    path("", pages.phone, name="telegram_demo"),
    path("news/", pages.news, name="telegram_demo_news"),
    path("write/", pages.write, name="telegram_demo_write"),
    path("press/", pages.press, name="telegram_demo_press"),
    path("clear/", pages.clear, name="telegram_demo_clear"),
    path("restart/", pages.restart, name="telegram_demo_restart"),
    path("file/<str:file_id>/", pages.file, name="telegram_demo_file"),
]
