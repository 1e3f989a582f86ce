"""What must hold of a source before it is published."""
