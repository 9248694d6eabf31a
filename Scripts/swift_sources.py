"""Shared code of the source checks: the package's targets, and declarations found line by line."""

import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent

MODIFIERS = (
    r"(?:static|final|indirect|mutating|nonmutating|consuming|borrowing|nonisolated(?:\(unsafe\))?"
    r"|convenience|override|lazy|weak|unowned|private\(set\)|internal\(set\)|fileprivate\(set\))"
)
KINDS = r"func|var|let|struct|enum|class|actor|protocol|typealias|init|subscript|macro"
DECLARATION = re.compile(
    rf"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:{MODIFIERS}\s+)*package\s+(?:{MODIFIERS}\s+)*"
    rf"(?P<kind>{KINDS})\b\s*(?P<name>`?\w+`?|[^\s\w(<]+)?"
)
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?P<module>\w+)",
    re.MULTILINE,
)


def targets():
    """The package's targets as `swift package dump-package` prints them."""
    manifest = subprocess.run(
        ["swift", "package", "--package-path", str(ROOT), "dump-package"],
        check=True, capture_output=True, text=True,
    )
    return json.loads(manifest.stdout)["targets"]


def folder(target):
    """The folder of a target's sources."""
    default = ("Tests" if target["type"] == "test" else "Sources") + "/" + target["name"]
    return ROOT / (target.get("path") or default)


def swift_files(target, all_targets):
    """A target's Swift files, except those of targets inside its folder and those that it excludes."""
    own = folder(target)
    inner = [folder(other) for other in all_targets if own in folder(other).parents]
    inner += [own / path for path in target.get("exclude", [])]
    return sorted(
        path for path in own.rglob("*.swift")
        if not any(path == other or other in path.parents for other in inner)
    )


def code(text):
    """The text with comment lines blanked; other lines and string literals are unchanged."""
    lines = []
    for line in text.split("\n"):
        lines.append("" if line.lstrip().startswith("//") else line)
    return "\n".join(lines)


def declarations(text):
    """(line number from 1, kind, name, whether a doc comment is above) of each `package` declaration."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = DECLARATION.match(line)
        if not match:
            continue
        above = index - 1
        while above >= 0 and re.match(r"^\s*@\w+(\(.*\))?\s*$", lines[above]):
            above -= 1
        documented = above >= 0 and lines[above].lstrip().startswith("///")
        kind = match["kind"]
        name = kind if kind in ("init", "subscript") else (match["name"] or "").strip("`")
        yield index + 1, kind, name, documented
