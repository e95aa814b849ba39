"""The books: every event as balanced journal entries over a chart of accounts."""
