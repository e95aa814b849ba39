"""Definition files: reading, checking, sealing and loading products and rules."""
