"""The demo book: 400 invented loans over 24 months, made by real commands from a fixed seed."""
