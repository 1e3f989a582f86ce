"""From raw rows to typed features in both coordinate systems."""
