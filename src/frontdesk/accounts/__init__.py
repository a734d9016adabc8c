"""Who people are: providers, users, client accounts, members, staff, services."""
