"""What an operator does: demo, up, workers, seed, bench, doctor, health pages."""
