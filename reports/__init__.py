"""What people say is wrong with a layer, on its way to whoever keeps it."""
