"""Slack: the talk in direct messages, App Home, commands, shortcuts and channels."""
