"""One file per resource; this list is the API."""
