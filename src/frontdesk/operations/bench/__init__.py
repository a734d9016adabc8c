"""Measures speed against floors taken in the same run: `frontdesk bench`."""
