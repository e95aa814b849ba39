"""From a command to the fact it states: each file judges one kind of command."""
