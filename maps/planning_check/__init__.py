"""The pages of the constraint check: how a site is given, and what is said of it."""
