"""Tables and repository of the registry."""
