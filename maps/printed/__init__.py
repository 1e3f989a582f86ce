"""A map that somebody wants on paper: what they ask for, and the sheet that they get."""
