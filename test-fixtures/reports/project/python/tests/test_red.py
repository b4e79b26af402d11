import pytest

from calc import add, divide


@pytest.fixture
def broken():
    raise RuntimeError("the fixture is broken")


@pytest.fixture
def messy():
    yield
    raise RuntimeError("tear down failed")


def test_wrong_sum():
    assert add(1, 2) == 4


def test_raises_in_the_code():
    assert divide(1, 0) == 1


def test_needs_the_fixture(broken):
    pass


def test_fails_afterwards(messy):
    pass


class TestCase:
    def test_message(self):
        assert add("<a>", "&") == "ü \x1b[31m", "a message\nof two lines"


@pytest.mark.xfail(strict=True)
def test_passes_unexpectedly():
    assert add(1, 1) == 2
