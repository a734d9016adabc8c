"""The records of people and what they own."""

from frontdesk.accounts.models.account import Account, Member
from frontdesk.accounts.models.api_token import ApiToken, Scope
from frontdesk.accounts.models.provider import Provider
from frontdesk.accounts.models.service import Service
from frontdesk.accounts.models.staff import Staff
from frontdesk.accounts.models.telegram import (
    TelegramBot,
    TelegramLimits,
    TelegramLink,
    TelegramLinkCode,
)
from frontdesk.accounts.models.user import User

__all__ = [
    "Account",
    "ApiToken",
    "Member",
    "Provider",
    "Scope",
    "Service",
    "Staff",
    "TelegramBot",
    "TelegramLimits",
    "TelegramLink",
    "TelegramLinkCode",
    "User",
]
