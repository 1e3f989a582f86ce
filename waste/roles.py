"""The roles by which our layers are found: see `importers.catalogue.entries.Role`."""

ROUND = "collection-round"
PREMISES = "collection-premises"
DATE = "collection-date"
CHANGE = "collection-change"
NOTICE = "service-notice"
OURS = (ROUND, PREMISES, DATE, CHANGE, NOTICE)
