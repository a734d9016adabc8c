"""Wiring only: settings, addresses, server entry points and the command line."""
