"""`python -m gongkai`: the package's verbs without MkDocs."""

import sys

from gongkai.cli import main

sys.exit(main())
