"""The API asked in every way its own description allows, and in many that it does not: nothing may break (5xx).

``python -m tests.hub.fuzz [--examples N] [--seed S] [--postgres]`` starts a hub with a small province and lets
schemathesis ask it as an official who may only look. The tests run it short; some thousand examples find more.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from tests.architecture.source import CHECKOUT
from tests.hub import postgres
from tests.hub.province import PASSWORD, make
from tests.hub.served import Served, serve

#: Held besides "no 5xx": statuses, types and bodies are those of the description.
_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "response_headers_conformance,unsupported_method,missing_required_header"
)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--examples", type=int, default=2000, help="for each operation")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--phases", default="coverage,fuzzing,stateful")
    words.add_argument("--postgres", action="store_true")
    told = words.parse_args()
    server = postgres.server() if told.postgres else nullcontext()
    with tempfile.TemporaryDirectory() as folder, server as address:
        home = Path(folder, "hub")
        make(home, days=5, database=address.format("postgres") if address else None).close()
        with serve(home, "--behind-proxy") as served:
            code = _ask(served, folder, told)
            is_alive = served.get("/healthz").status == 200 and served.stop() == 0
    return code or int(not is_alive)


def _ask(served: Served, folder: str, told: argparse.Namespace) -> int:
    served.sign_in("xem", PASSWORD)
    cookie = "; ".join(f"{name}={value}" for name, value in served.cookies.items())
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{served.url}/api/v1/openapi.json",
        f"--header=Cookie: {cookie}",
        f"--checks={_CHECKS}",
        f"--phases={told.phases}",
        f"--max-examples={told.examples}",
        f"--seed={told.seed}",
        "--workers=1",
        "--no-color",
        "--generation-database=none",
    ]
    besides = {"SCHEMATHESIS_HOOKS": "tests.hub.fuzz_hooks", "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run(command, cwd=folder, env=os.environ | besides, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
