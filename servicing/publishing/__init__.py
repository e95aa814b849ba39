"""Publishing: drafts, review, their effect on the live book, and loans moved to a new version."""
