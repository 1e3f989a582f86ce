"""What is thrown away at night, each kind in a module of its own."""
