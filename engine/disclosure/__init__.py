"""What a loan costs, as the law wants it told: APR, finance charge, Truth in Lending, MAPR."""
