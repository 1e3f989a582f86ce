"""What a council has, and from where: the TOML files, understood."""
