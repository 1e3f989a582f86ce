"""What is made beside the editions of constraint layers: pieces and coverage."""
