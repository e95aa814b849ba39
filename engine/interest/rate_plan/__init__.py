"""Rate plans: how the yearly rate of a loan moves over its life, one file a kind."""
