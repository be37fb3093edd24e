"""The register and rule engine of the B40 Balkan Cities Network."""

__version__ = "0.2.0"
