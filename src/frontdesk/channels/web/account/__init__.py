"""The pages of a person himself: profile, sessions, members."""
