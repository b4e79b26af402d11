"""Reads hierarchies as JSON, [[parents of class 0], [parents of class 1], ...] each, and says in which order Python looks
for methods in every class: the numbers of the classes, or null where there is no such order."""

import json
import sys


def orders(hierarchy):
    classes = []
    for number, parents in enumerate(hierarchy):
        bases = [classes[parent] for parent in parents]
        try:
            made = None if None in bases else type(str(number), tuple(bases), {})
        except TypeError:
            made = None
        classes.append(made)
    return [made and [int(each.__name__) for each in made.__mro__[:-1]] for made in classes]


json.dump([orders(hierarchy) for hierarchy in json.load(sys.stdin)], sys.stdout)
