#!/usr/bin/env python3
"""Writes the installers and manifests of a release, which name the address of its files: `packaging/fill.py DIST DOWNLOADS`.

DIST has the files, and gets install.sh, install.ps1, scoop/planmaker.json and the folder winget. DOWNLOADS is their future address.
"""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = {
    "install.sh": "install.sh",
    "install.ps1": "install.ps1",
    "scoop.json": "scoop/planmaker.json",
    **{f"winget/{path.name}": f"winget/{path.name}" for path in (HERE / "winget").iterdir()},
}


def product_code(msi):
    table = subprocess.run(["msiinfo", "export", msi, "Property"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return re.search(r"^ProductCode\t(\S+)", table, re.MULTILINE)[1]


def main():
    dist, downloads = Path(sys.argv[1]), sys.argv[2].rstrip("/")
    # It becomes part of scripts, between quotes.
    if not re.fullmatch(r"(https://|http://localhost:)[\w.:/~%-]+", downloads):
        sys.exit(f"Not an address for downloads: {downloads}")
    package = tomllib.loads((HERE.parent / "Cargo.toml").read_text())["package"]
    version = package["version"]
    folder = f"planmaker-{version}-x86_64-pc-windows-gnu"
    msi = f"planmaker-{version}-x86_64-pc-windows-gnu.msi"
    sha256 = lambda name: hashlib.sha256((dist / name).read_bytes()).hexdigest()
    values = {
        "VERSION": version,
        "DOWNLOADS": downloads,
        "ZIP": f"{folder}.zip",
        "ZIP_FOLDER": folder,
        "ZIP_SHA256": sha256(f"{folder}.zip"),
        "MSI": msi,
        "MSI_SHA256": sha256(msi).upper(),
        "MSI_PRODUCT": product_code(dist / msi),
    }
    for template, name in OUTPUT.items():
        text = re.sub(r"@([A-Z0-9_]+)@", lambda match: values[match[1]], (HERE / template).read_text())
        (dist / name).parent.mkdir(exist_ok=True)
        (dist / name).write_text(text)


main()
