"""Telling the people who look after layers what goes wrong, once, and when it is well again."""
