"""What each command does; `adapters.cli` says how it is called and imports these only when needed."""
