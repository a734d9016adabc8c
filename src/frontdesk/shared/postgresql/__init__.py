"""Our way to talk to PostgreSQL: Django's backend, and what it is asked less often."""
