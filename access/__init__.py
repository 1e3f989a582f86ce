"""How much one caller may ask: keys that raise it, and counts that all processes share."""
