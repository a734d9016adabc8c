"""The web: the client's Support center, the staff's desk and the provider's settings."""
