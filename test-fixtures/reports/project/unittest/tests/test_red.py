import unittest

from calc import add, div


class TestWrong(unittest.TestCase):
    def test_wrong_sum(self):
        self.assertEqual(add(1, 2), 4)

    def test_with_message(self):
        self.assertEqual(add(1, 2), 4, "a message")

    def test_raises_in_the_code(self):
        div(1, 0)

    def test_subtests(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertNotEqual(number, 1)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_passes(self):
        pass


class TestClassSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("the class is broken")

    def test_never(self):
        pass


class TestTearDown(unittest.TestCase):
    def tearDown(self):
        raise RuntimeError("tear down failed")

    def test_passes_itself(self):
        pass


class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def test_waits(self):
        self.assertIn(3, [1, 2])
