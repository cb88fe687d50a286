"""Tables and repositories of the catalogue."""
