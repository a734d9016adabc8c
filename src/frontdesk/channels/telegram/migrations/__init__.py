"""Migrations of the Telegram channel."""
