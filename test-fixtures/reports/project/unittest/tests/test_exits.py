import os
import unittest


class TestExits(unittest.TestCase):
    def test_exits(self):
        os._exit(0)
