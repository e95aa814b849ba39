"""Projections: the dated cash flows of a contract and how the loan stands after each."""
