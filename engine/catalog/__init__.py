"""The catalog: which product version, law and calendar are in force."""
