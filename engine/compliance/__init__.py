"""Law and policy over a loan: limits that narrow an amount, requirements that must hold."""
