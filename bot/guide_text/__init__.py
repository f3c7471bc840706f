"""A guide as an adviser writes it: read from its files, checked for form, and built into `bot.guide.Guide`."""
