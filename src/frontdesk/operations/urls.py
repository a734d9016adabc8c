"""The pages of operators."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from frontdesk.operations import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]

if settings.DEMO and settings.TELEGRAM_SANDBOX_URL:
    urlpatterns += [
        path("demo/telegram/", include("frontdesk.operations.demo.telegram.urls")),
    ]
