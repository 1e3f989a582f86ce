"""The answers of the API as pages for people: made from the JSON, so the two say the same."""
