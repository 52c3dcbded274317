"""Start Wenbao on a fresh machine: make .venv, install what is pinned, then do what was asked.

    python3 run.py                   build the archive from seeds/ on first run, open the chat
    python3 run.py test [...]        install what tests need, run the whole suite
    python3 run.py ask "..."         any other word is a command of wenbao: ask, search, update, ...
    python3 run.py --help            all commands

Uses the standard library alone and the syntax of old Pythons, so that a too old one still prints a clear line.
Knows nothing of newspapers.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, NoReturn

OLDEST = (3, 10)
HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "wenbao.json"  # written last: its existence proves that the installation is complete
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
MOST_TESTERS = 4  # each starts servers and browsers of its own
NETWORK_WORDS = ("NewConnectionError", "name resolution", "getaddrinfo", "Connection refused", "ConnectTimeout", "ReadTimeout",
                 "ProxyError", "Network is unreachable", "SSLError", "ConnectionResetError")  # fmt: skip


def stop(message: str) -> NoReturn:
    """End with one clear line and exit status 1."""
    sys.stderr.write("run.py: " + message + "\n")
    sys.exit(1)


def say(message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def make_venv() -> None:
    """Make .venv unless a working one is there."""
    if PYTHON.exists() and subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("this Python has no working 'venv'. Install it (Debian, Ubuntu: apt install python3-venv), then try again.")
    say("[1/2] Making {} with Python {}.{}.{}".format(VENV, *sys.version_info[:3]))
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stderr=subprocess.PIPE, universal_newlines=True)
    if result.returncode != 0:
        stop("cannot make {}: {}".format(VENV, (result.stderr.strip() or "venv failed").splitlines()[-1]))


def digest(requirements: str) -> str:
    """Hash what an installation depends on: the files with their includes, and this Python."""
    content = b"".join((HOME / name).read_bytes() for name in sorted({RUNTIME, requirements}))
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def read_stamp() -> Dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def pinned(requirements: str) -> int:
    """Count the packages that the files name, as a length for the progress line."""
    lines = [line for name in {RUNTIME, requirements} for line in (HOME / name).read_text(encoding="utf-8").splitlines()]
    return len({line.split("==")[0] for line in lines if "==" in line})


def install(requirements: str) -> None:
    """Install the pinned packages with pip unless that was done; show progress; explain a failure in one line."""
    stamp, wanted = read_stamp(), digest(requirements)
    if stamp.get(requirements) == wanted:
        return
    say("[2/2] Installing {} (first time: some minutes, most of it one download)".format(requirements))
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", str(HOME / requirements)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, errors="replace"
    )
    with process:
        log = follow(process, pinned(requirements))
    if process.returncode != 0:
        explain(log)
    stamp.update({requirements: wanted, RUNTIME: digest(RUNTIME)})  # the development list includes the other one
    partial = STAMP.with_suffix(".tmp")
    partial.write_text(json.dumps(stamp), encoding="utf-8")
    partial.replace(STAMP)


def follow(process: "subprocess.Popen[str]", total: int) -> List[str]:
    """Turn pip's output into one moving line (a terminal) or a line every ten packages (a log); return all of it."""
    log, seen, terminal = [], 0, sys.stderr.isatty()
    assert process.stdout is not None
    for line in process.stdout:
        log.append(line.rstrip())
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            seen += 1
            name = line.replace("Requirement already satisfied: ", "Collecting ").split()[1].split("==")[0]
            note = "      {:3d} of about {}  {}".format(min(seen, total), total, name[:40])
            if terminal:
                sys.stderr.write("\r" + note.ljust(70))
            elif seen % 10 == 1:
                say(note)
        elif line.startswith("Installing collected packages"):
            note = "      unpacking the packages ..."
            sys.stderr.write(("\r" + note.ljust(70)) if terminal else note + "\n")
        sys.stderr.flush()
    if terminal:
        sys.stderr.write("\r" + " " * 70 + "\r")
    return log


def explain(log: List[str]) -> NoReturn:
    """Say in one line why pip failed; its last lines stand above it."""
    say("\n".join("      " + line for line in log[-8:]))
    text = "\n".join(log)
    if any(word in text for word in NETWORK_WORDS):
        stop("the package registry cannot be reached. Check the network (or set PIP_INDEX_URL to a mirror), then try again.")
    if "No space left" in text:
        stop("the disk is full. Free about 3 GB (10 GB with the default Linux build of torch), then run the command again.")
    if "No matching distribution" in text:
        stop("a package has no build for Python {}.{} on this machine; use Python 3.10 to 3.13.".format(*sys.version_info[:2]))
    stop("pip failed; its last lines stand above. Run the command again to go on where it stopped.")


def start(arguments: List[str]) -> int:
    """Run a command inside .venv in the same terminal and return its exit status."""
    command = [str(PYTHON), *arguments]
    os.environ.setdefault("PYTHONUTF8", "1")
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)  # signals and the exit status go straight to the real process
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def main(arguments: List[str]) -> int:
    if sys.version_info < OLDEST:
        stop("Python {}.{} or newer is needed, this is {}.{}.".format(*(OLDEST + tuple(sys.version_info[:2]))))
    testing = arguments[:1] == ["test"]
    make_venv()
    install(DEVELOPMENT if testing else RUNTIME)
    if testing:
        os.chdir(str(HOME))
        # The whole suite is spread over the processors, a file at a time; what is picked out by hand runs in one process.
        spread = ["-n", str(min(os.cpu_count() or 1, MOST_TESTERS)), "--dist", "loadfile"]
        return start(["-m", "pytest", *(arguments[1:] or spread)])
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("--help", "--version")):
        return start([str(HOME / "app.py"), *arguments])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HOME), os.environ.get("PYTHONPATH", "")]))
    return start(["-m", "qa.main", *arguments])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
