def grade(points, bonus=0):
    """A mark for points."""
    total = points + bonus
    if total >= 90:
        return "A"
    if total >= 50:
        return "B" if total >= 70 else "C"
    for step in range(3):
        total += step
    return "F"


def unused(x):
    while x > 0:
        x -= 1
    return x
