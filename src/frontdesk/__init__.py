"""Frontdesk: the support center that a service provider gives its clients."""
