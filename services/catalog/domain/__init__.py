"""The pure catalogue: items, inheritance, versions, guides, bundles, codes, search. No I/O, no clock."""
