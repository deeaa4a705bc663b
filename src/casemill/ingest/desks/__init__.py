"""How each helpdesk is walked by its API: one file a vendor, used by its source."""
