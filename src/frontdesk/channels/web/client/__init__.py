"""The client's Support center."""
