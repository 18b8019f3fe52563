"""Run the claimpos beside this file with the packages that the action has installed.

To be started with `python -I`, which puts no folder of the workspace on the path of modules.
"""

import os
import sys
from pathlib import Path

project = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(project), os.path.join(os.environ["RUNNER_TEMP"], "claimpos")]

from claimpos.__main__ import command  # noqa: E402

sys.exit(command())
