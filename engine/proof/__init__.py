"""Proof: examples in a product's file run through the very engine that services loans."""
