"""The pages of the admin, one file each."""
