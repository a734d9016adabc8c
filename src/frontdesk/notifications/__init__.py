"""The Notifications section: its rows, and who must hear of an event."""
