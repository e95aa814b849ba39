"""What a loan is and what the numbers are: pure arithmetic over facts, no clock, files or network."""
