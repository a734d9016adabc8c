"""The address that Telegram calls in webhook mode."""

from django.urls import path

from frontdesk.channels.telegram.webhook import receive

urlpatterns = [path("telegram/<int:bot_id>/", receive, name="telegram_webhook")]
