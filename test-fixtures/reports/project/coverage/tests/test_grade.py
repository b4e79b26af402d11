import pytest
from src.grade import grade


@pytest.mark.parametrize("points,mark", [(95, "A"), (75, "B")])
def test_marks(points, mark):
    assert grade(points) == mark


class TestLow:
    def test_low(self):
        assert grade(10) == "F"
