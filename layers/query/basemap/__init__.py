"""The map that lies under every other: which layers make it, and its tiles."""
