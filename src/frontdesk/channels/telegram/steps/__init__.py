"""The steps of the dialogue, pure: what is kept between updates, what arrives, what is said."""
