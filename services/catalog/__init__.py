"""產品體系: items and their inheritance, guides, bundles, versions, search."""
