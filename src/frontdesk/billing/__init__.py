"""What support costs and who has paid: allowance, prices, charges, one append-only ledger."""
