"""Measures how quick and how small Lateral is, side by side with what it is compared to."""
