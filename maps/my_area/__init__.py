"""Everything about one place, section by section. Read `page` first, then `order`."""
