import unittest


def setUpModule():
    raise RuntimeError("the module is broken")


class TestNever(unittest.TestCase):
    def test_never(self):
        pass
