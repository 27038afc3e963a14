"""Stage 7: the output files: report, findings and manifest, written all or not at all.

Each file is first written beside its target and then moved into place.  The manifest holds a hash of each file
that was written; a file that somebody has changed since is not replaced unless that is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import __version__
from .filenames import EVERY
from .findings import Accepted, Finding, Level, Location, ReportError, reason

CHECK_TEXT, CHECK_JSON, MANIFEST = ".核查.md", ".核查.json", ".清单.json"


def package(
    out: Path,
    document: bytes,
    findings: Sequence[Finding],
    facts: Mapping[str, object],
    *,
    accepted: Sequence[Accepted] = (),
    left_out: Mapping[str, str] | None = None,
    pdf: bytes | None = None,
    force: bool = False,
) -> list[Path]:
    """Write the report to `out` with its PDF, findings and manifest beside it; the files that were written.

    `facts` goes into the manifest (data file, style ...).  ReportError when the folder is not there, or when a
    file to be replaced is not what this program wrote and `force` is not given.
    """
    contents = {out: document, **({beside(out, ".pdf"): pdf} if pdf else {})}
    return _packaged(out, out.name, contents, findings, facts, accepted, left_out, force)


def package_all(
    out: Path,
    documents: Mapping[str, tuple[bytes, bytes | None]],
    findings: Sequence[Finding],
    facts: Mapping[str, object],
    *,
    accepted: Sequence[Accepted] = (),
    left_out: Mapping[str, str] | None = None,
    force: bool = False,
) -> list[Path]:
    """Write each document (.docx, and .pdf if any) as `甲-文档.docx` where `out` is `甲.docx`, as `package` does.

    Findings and manifest are written once: `甲-全部.核查.md`.
    """
    contents: dict[Path, bytes] = {}
    for name, (document, pdf) in documents.items():
        path = one_of(out, name)
        contents |= {path: document, **({beside(path, ".pdf"): pdf} if pdf else {})}
    heading = f"{out.stem}（{'、'.join(documents)}）"
    return _packaged(one_of(out, EVERY), heading, contents, findings, facts, accepted, left_out, force)


def _packaged(
    out: Path,
    heading: str,
    documents: Mapping[Path, bytes],
    findings: Sequence[Finding],
    facts: Mapping[str, object],
    accepted: Sequence[Accepted],
    left_out: Mapping[str, str] | None,
    force: bool,
) -> list[Path]:
    if out.suffix.lower() != ".docx":
        raise ReportError("报告的文件名应以 .docx 结尾（要放进一个文件夹，先新建这个文件夹）", Location(str(out)))
    if not out.parent.is_dir():
        raise ReportError("没有这个文件夹，请先新建", Location(str(out.parent)))
    contents = {
        **documents,
        beside(out, CHECK_TEXT): findings_text(heading, findings, accepted, left_out).encode("utf-8"),
        beside(out, CHECK_JSON): findings_json(findings, accepted, left_out).encode("utf-8"),
    }
    if not force:
        _refuse_edited(out, contents)
        _refuse_foreign(beside(out, MANIFEST))
    hashes = {path.name: _hash(content) for path, content in contents.items()}
    manifest = {"程序": f"jixiao {__version__}", **facts, "文件": hashes}
    contents[beside(out, MANIFEST)] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    write_all(contents)
    return list(contents)


def one_of(out: Path, document: str) -> Path:
    """The file of one of a pack's documents, where `out` is the file of all."""
    return out.with_name(f"{out.stem}-{document}{out.suffix}")


def beside(out: Path, ending: str) -> Path:
    """The file beside the report that has its name and another ending."""
    return out.with_name(out.stem + ending)


def findings_json(
    findings: Sequence[Finding], accepted: Sequence[Accepted] = (), left_out: Mapping[str, str] | None = None
) -> str:
    """The findings as a JSON object: the open ones, the accepted ones, the checks that the style leaves out."""
    said: dict[str, object] = {"发现": [one.as_json() for one in findings]}
    if accepted:
        said["已核实"] = [one.as_json() for one in accepted]
    if left_out:
        said["不查"] = dict(left_out)
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def findings_text(
    name: str,
    findings: Sequence[Finding],
    accepted: Sequence[Accepted] = (),
    left_out: Mapping[str, str] | None = None,
) -> str:
    """The findings as a page to read, by level; then those that the data accepts, and the checks that are left out."""
    lines = [f"# {name} 的核查结果", ""]
    if not findings:
        lines += ["没有发现问题。", ""]
    for level in Level:
        chosen = [finding for finding in findings if finding.level is level]
        if chosen:
            lines += [f"## {level}（{len(chosen)}）", ""]
        for number, finding in enumerate(chosen, 1):
            place = f"{finding.where}：" if str(finding.where) else ""
            lines.append(f"{number}. {place}{finding.what}　`{finding.code}`")
            lines += [f"   - {word}：{text}" for word, text in _details(finding) if text]
        if chosen:
            lines.append("")
    if accepted:
        lines += [f"## 已核实（{len(accepted)}）", ""]
    for number, one in enumerate(accepted, 1):
        place = f"{one.finding.where}：" if str(one.finding.where) else ""
        lines.append(f"{number}. {place}{one.finding.what}　`{one.finding.code}`")
        lines.append(f"   - 认可的原因：{one.reason}")
    if left_out:
        lines += [
            "",
            f"## 样式写明不查（{len(left_out)}）",
            "",
            *(f"- `{code}`：{why}" for code, why in left_out.items()),
        ]
    return "\n".join(lines).rstrip() + "\n"


def _details(finding: Finding) -> list[tuple[str, str | None]]:
    quoted = finding.quoted.replace("\n", " ") if finding.quoted else None
    return [
        ("原文", quoted),
        ("应为", finding.expected),
        ("实为", finding.actual),
        ("建议", finding.mend),
        ("数据位置", finding.data),
    ]


def _refuse_edited(out: Path, contents: Mapping[Path, bytes]) -> None:
    findings = [
        _not_ours(path)
        for path, content in contents.items()
        if path.exists() and _hash(_read(path)) not in {_hash(content), *_known_hashes(path, out)}
    ]
    if findings:
        raise ReportError(findings)


def _not_ours(path: Path) -> Finding:
    return Finding(
        "W001",
        Level.ERROR,
        Location(str(path)),
        "文件已存在，而且不是本程序写成后原样未动的，没有覆盖",
        mend="请换一个输出文件名（-o），或确认可以覆盖后加上 --force",
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReportError(f"读不了要覆盖的文件（{reason(error)}）", Location(str(path))) from None


def _refuse_foreign(manifest: Path) -> None:
    """Refuses to replace a file that only has the name of a manifest."""
    if manifest.exists() and not _own(manifest):
        raise ReportError(_not_ours(manifest))


def _own(manifest: Path) -> dict[str, Any]:
    """What a manifest of this program says; nothing for any other file."""
    try:
        said = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    ours = isinstance(said, dict) and str(said.get("程序", "")).startswith("jixiao ")
    return said if ours and isinstance(said.get("文件"), dict) else {}


def _known_hashes(path: Path, out: Path) -> set[str]:
    """What this program wrote at `path`, by itself or among all documents of a pack, as the manifests there say."""
    own = [beside(out, MANIFEST), beside(path, MANIFEST)]
    among = sorted(path.parent.glob(f"*-{EVERY}{MANIFEST}"))
    return {str(_own(manifest).get("文件", {}).get(path.name)) for manifest in (*own, *among)}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write the files so that no half file is ever seen; ReportError, with all as it was, when one cannot be."""
    moves: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes | None]] = []
    path = next(iter(contents))
    try:
        for path, content in contents.items():
            moves.append((_written_beside(path, content), path))
        for temporary, path in moves:
            before = path.read_bytes() if path.is_file() else None
            temporary.replace(path)
            replaced.append((path, before))
    except OSError as error:
        _put_back(replaced)
        hint = "，可能正在 Word 或 WPS 中打开" if isinstance(error, PermissionError) else ""
        raise ReportError(f"写不了文件（{reason(error)}{hint}）", Location(str(path))) from None
    finally:
        for temporary, _ in moves:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> Path:
    """A new file in the folder of `path` with that content."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".jixiao-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put_back(replaced: Sequence[tuple[Path, bytes | None]]) -> None:
    for path, before in replaced:
        with contextlib.suppress(OSError):
            if before is None:
                path.unlink()
            else:
                _written_beside(path, before).replace(path)
