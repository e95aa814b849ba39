"""What the engine decides of itself: rates, bills, fees, stages, allocations, payoff."""
