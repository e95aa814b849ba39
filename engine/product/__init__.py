"""The product: one sealed version of what is offered, as one value."""
