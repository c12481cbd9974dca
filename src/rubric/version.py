"""The version of the distribution, read by the build.

Takes nothing; gives `__version__`, and the name under which results tell it. Never imports.
"""

__version__ = "0.1.0"

ENGINE = f"rubric-lang {__version__}"
