"""One small language for fee amounts, conditions of rules and decision tables: see README.md."""
