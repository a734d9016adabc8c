"""The acts a person would name, one verb per file."""
