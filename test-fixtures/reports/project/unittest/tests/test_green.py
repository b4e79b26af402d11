import unittest

from calc import add


class TestAdd(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(add(1, 2), 3)

    def test_subtests(self):
        for text in ["a b", "x::y", 'ü <&> "']:
            with self.subTest(text=text):
                self.assertTrue(text)

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(add(1, 2), 4)

    def test_prints(self):
        print('{"type": "end"}')


@unittest.skip("none of it")
class TestSkipped(unittest.TestCase):
    def test_never(self):
        pass


def load_tests(loader, tests, pattern):
    tests.addTest(unittest.FunctionTestCase(lambda: None, description="made by load_tests"))
    return tests
