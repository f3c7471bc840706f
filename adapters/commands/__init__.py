"""What each command does; `adapters.signatures` says how it is called and imports these only when needed."""
