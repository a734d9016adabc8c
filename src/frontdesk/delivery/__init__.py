"""Carries recorded events out: who must hear, through which channel, with retries."""
