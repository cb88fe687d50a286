"""The pure core of the standards registry (标准支撑): elements, code lists, identifiers, schemas, validation."""
