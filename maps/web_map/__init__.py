"""The map of all layers at `/map`: what its address says, how layers are drawn, what is where."""
