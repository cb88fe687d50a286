"""The token engine: a compiled graph, a small document per instance, pure commands and their effects."""
