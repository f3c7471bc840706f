"""Places that remember: one module per store, one contract for all."""
