"""The version of the distribution, read by the build.

Takes nothing; gives `__version__`. Never imports.
"""

__version__ = "0.1.0"
