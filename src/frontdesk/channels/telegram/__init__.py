"""The Telegram bot: what a client can do with a ticket, from the chat."""
