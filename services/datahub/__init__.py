"""數據體系: sources, once-only look-up, licences, access log."""
