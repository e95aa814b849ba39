"""Schedules: what is due when, and how each installment divides into interest and principal."""
