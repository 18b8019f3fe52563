"""The README's picture of the page: `python -m tests.briefing.picture` writes .github/page.png.

It needs Chromium, and playwright-core from npm; see `browser.py`.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from claimpos import load_dossier
from tests.briefing.browser import node_modules, program
from tests.briefing.pages import page_of

ROOT = Path(__file__).resolve().parents[2]
TAKE = """
const { chromium } = require("playwright-core");
const [program, page, picture] = process.argv.slice(1);
(async () => {
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  const viewport = { width: 1280, height: 800 };
  const seen = await browser.newPage({ viewport, reducedMotion: "reduce" });
  await seen.goto("file://" + page + "#day=2025-12-24&group=territory&columns=chosen");
  await seen.evaluate(() => document.querySelector("#tally").scrollIntoView());
  await seen.screenshot({ path: picture });
  await browser.close();
})();
"""


def main() -> None:
    text = page_of(load_dossier(ROOT / "positions"), ["russia", "ukraine", "us"], "2025-12-30")
    browser = program("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(text, encoding="utf-8")
        subprocess.run(
            ["node", "-e", TAKE, browser, str(page), str(ROOT / ".github" / "page.png")],
            env={**os.environ, "NODE_PATH": str(node_modules())},
            check=True,
        )


if __name__ == "__main__":
    main()
