"""The talk in a terminal, or as JSON lines for anything that wants to drive it."""
