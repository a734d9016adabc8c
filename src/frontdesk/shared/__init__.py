"""Helpers that would make sense in any project; no word of the desk."""
