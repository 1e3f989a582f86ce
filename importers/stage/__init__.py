"""Loading an edition into a table of its own."""
