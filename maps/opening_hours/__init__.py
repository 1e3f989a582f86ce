"""Whether a place is open now, from what its source says. Read `describe` first.

`written` turns a council's words into the notation of OpenStreetMap where they can only mean one
thing, `state` asks a library what that notation says of a moment.
"""
