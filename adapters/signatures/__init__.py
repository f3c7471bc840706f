"""How each command is called: its arguments, options and help. What it does is in `adapters.commands`."""
