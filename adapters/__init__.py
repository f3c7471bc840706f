"""Everything that touches the outside world: files, storage, the terminal, chat platforms."""
