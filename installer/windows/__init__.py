"""Builds setup.exe: on Linux under Wine (``make package-windows``), on Windows with ``build.ps1``."""
