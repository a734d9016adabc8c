"""Fixtures of the contract tests: the demo, started as a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.operations.postgres import Cluster
from tests.contract.prepared import copy_prepared_demo
from tests.contract.program import Program


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """`frontdesk demo`, ready; one for all tests of this process, which must not stop it."""
    data = tmp_path_factory.mktemp("demo")
    copy_prepared_demo(data)
    program = Program(data).start()
    try:
        yield program.wait_until_ready()
    finally:
        program.stop()
        Cluster(data).remove()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty data folder for programs that a test starts and stops by itself."""
    folder = tmp_path_factory.mktemp("data")
    yield folder
    Cluster(folder).remove()
