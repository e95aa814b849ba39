"""Amounts, rates, days and conventions: the vocabulary everything else computes with."""
