"""The demo's data as its first start leaves them: made once for all tests, then copied."""

import shutil
import subprocess
from pathlib import Path

from frontdesk.operations.one_machine.data_folder import Kind, prepare_folder, secret_key_file
from frontdesk.operations.postgres import Cluster
from frontdesk.operations.postgres.home import find_home
from tests.contract.program import FRONTDESK, environment
from tests.environment import PREPARED_DEMO, once_for_all


def copy_prepared_demo(folder: Path) -> None:
    """Fill the empty folder; `frontdesk demo` then has nothing to make and is up in less time.

    The first start itself is tested on empty folders, in test_start_stop.py.
    """
    original = once_for_all(PREPARED_DEMO, _prepare)
    its_own = shutil.ignore_patterns("cluster-id", "postgres")  # the database is copied below
    shutil.copytree(original, folder, ignore=its_own, dirs_exist_ok=True)
    copied, copy = (find_home(data, throwaway=False) for data in (original, folder))
    # The database belongs to a user of its own where tests run as root; copytree forgets whose.
    subprocess.run(["cp", "-a", copied.data, copy.data], check=True)


def _prepare(folder: Path) -> None:
    """Do what `frontdesk demo` does before it starts its servers."""
    prepare_folder(folder, Kind.DEMO)
    with Cluster(folder) as url:
        subprocess.run(
            [*FRONTDESK, "prepare", "--alone"],
            env=environment(
                DATABASE_URL=url,
                DATA_DIR=str(folder),
                DEMO="yes",
                SECRET_KEY_FILE=str(secret_key_file(folder)),
            ),
            check=True,
        )
