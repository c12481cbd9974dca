"""`python -m rubric`."""

import sys

from rubric.cli.entry import main

sys.exit(main())
