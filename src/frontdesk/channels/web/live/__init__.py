"""Live updates: tells open pages that something changed, by server-sent events."""
