"""Loading layers again by their own rhythm: which are due, doing it, and saying how it went."""
