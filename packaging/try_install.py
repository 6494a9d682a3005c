#!/usr/bin/env python3
"""Tries install.sh for real: `packaging/try_install.py DIST`, with a server on this machine and a new home folder each time.

Whatever goes wrong, the home folder must be as it was, and the temporary folder empty.
"""

import http.server
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLD = "#!/bin/sh\necho planmaker 0.0.1\n"


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder, and cuts the archive off as `cut` says: None, "short" or "slow"."""

    cut = None

    def __init__(self, folder):
        super().__init__(("localhost", 0), lambda *args: Handler(*args, directory=folder))
        self.waiting = threading.Event()


class Handler(http.server.SimpleHTTPRequestHandler):
    def copyfile(self, source, outputfile):
        if not (self.server.cut and self.path.endswith(".tar.gz")):
            return super().copyfile(source, outputfile)
        outputfile.write(source.read(100_000))
        outputfile.flush()
        if self.server.cut == "slow":
            self.server.waiting.set()
            time.sleep(5)

    def log_message(self, *args):
        pass


def contents(folder):
    return {str(path.relative_to(folder)): path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@contextmanager
def home(old):
    """A home folder and a temporary folder, with an older planmaker or none."""
    with tempfile.TemporaryDirectory() as root:
        root = Path(root)
        (root / "home").mkdir()
        (root / "tmp").mkdir()
        if old:
            program = root / "home/.local/bin/planmaker"
            program.parent.mkdir(parents=True)
            program.write_text(OLD)
            program.chmod(0o755)
        yield root


def start(root, script, path):
    env = {"HOME": root / "home", "TMPDIR": root / "tmp", "PATH": path}
    # Its own process group, for signals as a terminal sends them.
    shell = subprocess.Popen(
        ["/bin/sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, start_new_session=True
    )
    shell.stdin.write(script)
    shell.stdin.close()
    return shell


def check(condition, message):
    if not condition:
        sys.exit(f"install.sh: {message}")


def succeeds(script, path, version, old):
    with home(old) as root:
        shell = start(root, script, path)
        output = shell.stdout.read().decode()
        check(shell.wait() == 0, output)
        installed = root / "home/.local/bin/planmaker"
        shown = subprocess.run([installed, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
        check(shown == f"planmaker {version}\n", shown)
        check([name for name, content in contents(root).items() if content] == ["home/.local/bin/planmaker"], contents(root).keys())


def fails(script, path, old, interrupt=None):
    with home(old) as root:
        before = contents(root)
        shell = start(root, script, path)
        if interrupt:
            interrupt(shell)
        output = shell.stdout.read().decode()
        check(shell.wait() != 0, f"it should have failed: {output}")
        check(contents(root) == before, f"it left {contents(root).keys()} after: {output}")
        return output


def paths(folder):
    """Search paths with only curl, and with only wget."""
    for downloader in ["curl", "wget"]:
        if not shutil.which(downloader):
            sys.exit(f"Cannot try install.sh without {downloader}.")
        tools = Path(folder) / downloader
        tools.mkdir()
        for tool in ["uname", "mktemp", "rm", "sed", "cut", "sha256sum", "tar", "gzip", "mkdir", "cp", "mv", downloader]:
            (tools / tool).symlink_to(shutil.which(tool))
        yield str(tools)


def main():
    with tempfile.TemporaryDirectory() as served, tempfile.TemporaryDirectory() as tools:
        for file in Path(sys.argv[1]).iterdir():
            if file.is_file():
                shutil.copy(file, served)
        server = Server(served)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        subprocess.run([HERE / "fill.py", served, f"http://localhost:{server.server_port}"], check=True)
        script = (Path(served) / "install.sh").read_bytes()
        version = script.decode().split("version='")[1].split("'")[0]
        sums = Path(served) / "SHA256SUMS"

        def interrupt(number):
            def act(shell):
                check(server.waiting.wait(20), "the download does not start")
                os.killpg(shell.pid, number)

            return act

        for path in paths(tools):
            for old in [False, True]:
                server.cut = None
                succeeds(script, path, version, old)
                server.cut = "short"
                fails(script, path, old)
                server.cut = "slow"
                for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
                    server.waiting.clear()
                    fails(script, path, old, interrupt(number))
                server.cut = None

                archive = next(Path(served).glob("*linux-musl.tar.gz"))
                whole = archive.read_bytes()
                archive.write_bytes(whole[: len(whole) // 2])
                check("damaged or not complete" in fails(script, path, old), "it should have noticed the damage")
                archive.write_bytes(whole)
                listed = sums.read_text()
                sums.write_text("")
                check("does not name" in fails(script, path, old), "it should have missed the hash")
                sums.write_text(listed)
        # The script itself arrives in part: it fails or does nothing.
        for length in range(0, len(script) - len("main\n"), 97):
            with home(True) as root:
                before = contents(root)
                shell = start(root, script[:length], path)
                output = shell.stdout.read().decode()
                shell.wait()
                check(contents(root) == before, f"the first {length} bytes of it did something: {output}")
        server.shutdown()


main()
