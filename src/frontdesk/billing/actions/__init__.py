"""What can be done with money and allowance: one verb a file.

Each writes its ledger rows in one transaction and records no event: the room that records
events lies above. A caller that acts for a person opens a transaction, calls the verb, and
records what it returned, unless that is an earlier call's result (`is_new` is False).
"""
