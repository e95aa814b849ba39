"""Hold the engine against numbers that nobody here made up.

``python -m tests.conformance SUITE PATH`` reads published cases from outside the project and
compares. The cases are never copied here; README.md tells where they come from.
"""
