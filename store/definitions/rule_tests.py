"""Run the tests in a rule's file; one that holds and one that does not are asked for."""
