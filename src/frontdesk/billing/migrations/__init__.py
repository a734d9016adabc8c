"""The schema of the billing room."""
