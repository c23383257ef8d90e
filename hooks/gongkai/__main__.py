"""`python -m gongkai`: the package's verbs without MkDocs."""

import sys

from .cli import main

sys.exit(main())
