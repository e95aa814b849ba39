"""A loan is the fold of its events: ``decide`` judges, ``evolve`` applies."""
