"""How domain apps learn of a new edition without layers knowing them."""

from django.dispatch import Signal

# Sent with `edition` inside the transaction that stages it, before anyone can see
# it: a receiver builds its companion tables here, and a failure stops the edition.
edition_staged = Signal()

# Sent with `edition_id` after an edition's features were dropped.
edition_dropped = Signal()

# What was made of an edition beforehand (tiles, files) may hold the fields. Sent with `layer`, and
# `names` of the fields, in the transaction that hides them.
fields_hidden = Signal()

# Sent with `layer` in the transaction in which the catalogue's description of it was written anew.
layer_described = Signal()

# Sent with `layer` in the transaction in which people begin to see another edition of it, or none.
layer_moved = Signal()
