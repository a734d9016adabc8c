"""What a backup's archive looks like, and whether one is whole."""

import hashlib
import json
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

from frontdesk.operations.terminal import Refusal

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
FILES = "files/"
READ_BYTES = 1024 * 1024


def check_archive(source: Path) -> dict[str, Any]:
    """Return the manifest of a whole archive. Raises Refusal for any other."""
    try:
        manifest, sums = _read(source)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise Refusal(f"{source} is not a whole backup: {error}.") from None
    if manifest.get("format") != FORMAT or DUMP not in sums:
        raise Refusal(f"{source} is not a whole backup of this version's kind.")
    if sums != manifest["sha256"]:
        raise Refusal(f"{source} is damaged: its checksums do not agree.")
    return manifest


def is_ours(name: str) -> bool:
    """Return whether a backup has such a name in it; a file's never leads out of its folder."""
    parts = PurePosixPath(name).parts
    return name in {DUMP, MANIFEST} or (
        name.startswith(FILES) and ".." not in parts and len(parts) > 1
    )


def _read(source: Path) -> tuple[dict[str, Any], dict[str, str]]:
    sums: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    with tarfile.open(source, "r|") as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if file is None or not is_ours(entry.name):
                raise Refusal(f"{source} holds {entry.name!r}, which no backup of ours does.")
            if entry.name == MANIFEST:
                manifest = json.loads(file.read())
                continue
            digest = hashlib.sha256()
            while data := file.read(READ_BYTES):
                digest.update(data)
            sums[entry.name] = digest.hexdigest()
    return manifest, sums
