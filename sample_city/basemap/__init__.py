"""What lies under the city's maps: roads, rail, water, woods, buildings and names."""
