#!/usr/bin/env python3
"""Packs a folder, as the same bytes for the same files: `packaging/pack.py FOLDER ARCHIVE`, a .tar.gz or .zip.

The times in it are SOURCE_DATE_EPOCH.
"""

import gzip
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path


def main():
    folder, archive = map(Path, sys.argv[1:])
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    members = [(path, str(path.relative_to(folder.parent)), 0o755 if os.access(path, os.X_OK) else 0o644) for path in files]
    if archive.suffix == ".zip":
        pack_zip(archive, members, epoch)
    else:
        pack_tar(archive, members, epoch)


def pack_zip(archive, members, epoch):
    with zipfile.ZipFile(archive, "w") as packed:
        for path, name, mode in members:
            info = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            packed.writestr(info, path.read_bytes(), compresslevel=9)


def pack_tar(archive, members, epoch):
    # An empty name, because gzip would keep that of the archive.
    with open(archive, "wb") as file, gzip.GzipFile("", "wb", 9, file, epoch) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as packed:
            for path, name, mode in members:
                info = tarfile.TarInfo(name)
                info.size, info.mtime, info.mode = path.stat().st_size, epoch, mode
                with open(path, "rb") as content:
                    packed.addfile(info, content)


main()
