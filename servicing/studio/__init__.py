"""The studio: what a person who writes a product or a rule sees while writing."""
