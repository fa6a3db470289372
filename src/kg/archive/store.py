"""Texts under their own SHA-256 hash: what is kept cannot be changed without the change being seen.

archive/
  3f/3f786850e387550f….txt     the text, UTF-8, named by the hash of its bytes
  log.jsonl                    one line per reading: source, hash, when (UTC), from where

Others' words are kept here for checking, not for publishing: the folder is readable by its owner only, ignored by git, and no
build reads it.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from kg.errors import ArchiveError
from kg.records.file_lock import locked

_HASH = re.compile(r"[0-9a-f]{64}")


class Archive:
    """The archive in `folder`, which is made when the first text is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, text: str) -> str:
        """Keep `text` and return its hash; a text kept before is left as it is. Raises ArchiveError when the disk refuses."""
        content = text.encode()
        name = sha256(content).hexdigest()
        path = self.path(name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if not path.exists():
                # A name is given only to what is complete; mkstemp makes files that only their owner can read.
                handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(path)
        except OSError as error:
            raise ArchiveError(f"the text cannot be kept in {self.folder}: {error.strerror}") from None
        return name

    def text(self, name: str) -> str | None:
        """The text with the hash `name`, or None when it is not kept here.

        Raises ArchiveError when what is kept under that name is something else.
        """
        path = self.path(name)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"{path} cannot be read: {error.strerror}") from None
        if sha256(content).hexdigest() != name:
            raise ArchiveError(f"{path} was changed after it was kept: its content no longer has the hash in its name")
        return content.decode()

    def path(self, name: str) -> Path:
        """Where the text with the hash `name` is kept; raises ArchiveError for what is no hash."""
        if not _HASH.fullmatch(name):
            raise ArchiveError(f"'{name}' is not a SHA-256 hash")
        return self.folder / name[:2] / f"{name}.txt"

    def forget(self, source: str) -> int:
        """Remove every text that was kept for the id `source` and for no other, and its lines of the log; returns how many texts.

        The record may be gone already. Raises ArchiveError when nothing was kept for it, when the log is damaged, or when the disk
        refuses.
        """
        path = self.folder / "log.jsonl"
        try:
            with path.open("r+b") as file, locked(file):
                lines = [(json.loads(line), line) for line in file.read().splitlines(keepends=True)]
                gone = {told["hash"] for told, _ in lines if told["source"] == source}
                kept = [(told, line) for told, line in lines if told["source"] != source]
                if not gone:
                    raise ArchiveError(f"{path} knows of no reading of '{source}': kg archive list shows the ids of sources")
                gone -= {told["hash"] for told, _ in kept}
                for name in gone:
                    self.path(name).unlink(missing_ok=True)
                # In place, so that whoever waits for the lock appends to the same file.
                file.seek(0)
                file.writelines(line for _, line in kept)
                file.truncate()
        except FileNotFoundError:
            raise ArchiveError(f"there is no archive in {self.folder}: give its folder with --archive") from None
        except (ValueError, KeyError, TypeError):
            raise ArchiveError(f"{path} is damaged: mend the line that is no JSON before anything is forgotten") from None
        except OSError as error:
            raise ArchiveError(f"{path} cannot be changed: {error.strerror}") from None
        return len(gone)

    def log(self, source: str, name: str, when: str, origin: str) -> None:
        """Append one reading to the log."""
        line = json.dumps({"source": source, "hash": name, "read": when, "from": origin}, ensure_ascii=False)
        path = self.folder / "log.jsonl"
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file, locked(file):
                file.write(line.encode() + b"\n")
                file.flush()
        except OSError as error:
            raise ArchiveError(f"{path} cannot be written: {error.strerror}") from None
