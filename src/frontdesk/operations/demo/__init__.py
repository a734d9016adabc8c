"""The demo: its people, its tickets, and the chat in the browser."""
