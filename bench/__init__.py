"""How fast, as ratios: two ways of the same work side by side in one run."""
