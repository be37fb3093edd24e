"""The register as data: one public document, as JSON, tables, Popolo, a feed, a calendar."""
