"""What an editor shows of our files while they are written."""
