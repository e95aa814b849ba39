"""The rules of the house, checked: walls, tidiness, one write path."""
