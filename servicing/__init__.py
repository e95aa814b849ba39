"""Use cases: the one write path, reads, quotes, boarding, the daily run, publishing, messages."""
