"""The part that decides: a guided talk as plain data and pure functions, free of any platform."""
