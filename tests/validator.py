"""Runs the Open XML SDK validator on a .docx; it must be installed (`make test-office` sees to that)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAME = "ooxml-validator"


def program() -> str:
    """Where the validator is: named by JIXIAO_OOXML_VALIDATOR, in node_modules, or on the PATH."""
    project = Path(__file__).parent.parent
    places = [os.environ.get("JIXIAO_OOXML_VALIDATOR"), project / "node_modules" / ".bin" / NAME, NAME]
    for place in places:
        if place and (found := shutil.which(str(place))):
            return found
    raise AssertionError(f"{NAME} is not installed: npm install --no-save @xarsh/{NAME}")


def validation_errors(document: bytes) -> list[str]:
    """What the validator finds wrong with a .docx, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(document)
        done = subprocess.run([program(), str(path)], capture_output=True, timeout=120, check=False)
    result = json.loads(done.stdout.decode("utf-8"))
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in result["errors"]]
