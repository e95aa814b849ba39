"""Escrow: what is collected each month for taxes and insurance, and whether it is enough."""
