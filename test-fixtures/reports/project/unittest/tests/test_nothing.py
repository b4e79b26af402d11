import unittest


class TestNothing(unittest.TestCase):
    pass
