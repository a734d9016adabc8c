"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's second profile: 19 MiB, two passes, one lane.

    Django's default takes 100 MiB a sign-in, which lets thirty sign-ins at once
    exhaust a small machine.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
