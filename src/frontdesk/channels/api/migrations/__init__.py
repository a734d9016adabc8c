"""The schema of the API channel."""
