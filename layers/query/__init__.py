"""Every question about published layers, each a module."""
