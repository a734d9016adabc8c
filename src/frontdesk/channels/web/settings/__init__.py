"""What a provider's administrators set."""
