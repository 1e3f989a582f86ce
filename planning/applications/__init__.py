"""Planning applications: finding them by what people know of one, and counting them."""
