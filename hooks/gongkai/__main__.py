"""`python -m gongkai`: the package's verbs without MkDocs."""

import sys

from gongkai.commands import main

sys.exit(main())
