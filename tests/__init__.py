"""Mirrors src room by room; see CONTRIBUTING.md."""
