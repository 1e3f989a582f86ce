"""What is published, and every question about it."""
