"""Interest: what a balance earns over time, as closed forms of the date."""
