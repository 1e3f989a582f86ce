"""Maps made by folium, with nothing from another host and nothing inline without a nonce."""
