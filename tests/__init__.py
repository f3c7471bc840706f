"""The tests: they mirror bot/ and adapters/, with contracts, transcripts and guides beside them."""
