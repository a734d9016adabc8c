"""A Bot API server of our own and a phone to go with it: the bot without Telegram."""
