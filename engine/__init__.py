"""What a loan is and what the numbers are: pure arithmetic, no clock, files or network."""
