"""The OpenAPI 3.0 definition, made from the published layers: one module for each room."""
