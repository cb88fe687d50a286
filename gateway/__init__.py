"""One door: identity, API and pages. It never imports a service."""
