import { lineCollector } from './lineCollector.ts';

/**
 * Runs unittest and writes one JSON line per event. Takes the report's path and what to run as JSON. What unittest prints has no
 * places, and names subtests in ways of their own; its own classes tell all of it. Works on Python 3.8 and newer.
 */
const source = String.raw`
${lineCollector}
import importlib, importlib.util, json, os, random, sys, time, traceback, unittest

sys.path[0] = os.getcwd()
report = open(sys.argv[1], "w", encoding="utf-8")
asked = json.loads(sys.argv[2])


def write(kind, **fields):
    report.write(json.dumps(dict(fields, type=kind)) + "\n")
    report.flush()


def is_of_tests(frame):
    name = frame.f_code.co_filename
    return "__unittest" not in frame.f_globals and name != __file__ and not name.startswith("<frozen ")


def trace(error):
    kind, value, tb = error
    frames = [(f, n) for f, n in traceback.walk_tb(tb) if is_of_tests(f)]
    text = "".join(traceback.format_list(traceback.StackSummary.extract(iter(frames))))
    last = "".join(traceback.format_exception_only(kind, value))
    return ("Traceback (most recent call last):\n" + text + last)[-20000:], last[:4000]


def relative(path):
    return os.path.relpath(path).replace(os.sep, "/") if path else None


def place(test):
    cls = type(test)
    module = sys.modules.get(cls.__module__)
    path = getattr(module, "__file__", None)
    code = getattr(getattr(getattr(test, test._testMethodName, None), "__func__", None), "__code__", None)
    here = code is not None and path is not None and os.path.realpath(code.co_filename) == os.path.realpath(path)
    return relative(path), code.co_firstlineno if here else None


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.children, self.began, self.red = {}, {}, False

    def startTest(self, test):
        super().startTest(test)
        self.began[id(test)] = time.perf_counter()
        if lines:
            path, _ = place(test)
            lines.begin("::".join([path or "", *type(test).__qualname__.split("."), test._testMethodName]))

    def stopTest(self, test):
        super().stopTest(test)
        if lines:
            lines.begin("")

    def tell(self, test, status, error=None, reason="", part=None):
        if not isinstance(test, unittest.TestCase):
            return self.holder(test, error)
        path, line = place(test)
        ms = (time.perf_counter() - self.began.get(id(test), time.perf_counter())) * 1000
        text, last = trace(error) if error else (reason, reason)
        write("test", path=path, line=line, suites=type(test).__qualname__.split("."), name=test._testMethodName,
              part=part, status=status, ms=ms, text=text, last=last)
        self.red = self.red or status in ("failed", "errored")
        label = test._testMethodName + (" " + part if part else "")
        print(label + " ... " + status, file=sys.stderr, flush=True)

    def holder(self, test, error):
        what, _, owner = test.id().partition(" (")
        owner = owner.rstrip(")")
        module, cls = (owner, "") if owner in sys.modules else owner.rpartition(".")[::2]
        text, last = trace(error)
        path = relative(getattr(sys.modules.get(module), "__file__", None))
        write("test", path=path, line=None, suites=[cls] if cls else [], name=what, part=None, status="errored",
              ms=0, text=text, last=last)
        self.red = True
        print(what + " ... errored", file=sys.stderr, flush=True)

    def addSuccess(self, test):
        if not self.children.get(id(test)):
            self.tell(test, "passed")

    def addFailure(self, test, err):
        self.tell(test, "failed", err)

    def addError(self, test, err):
        self.tell(test, "errored", err)

    def addSkip(self, test, reason):
        if isinstance(test, unittest.TestCase):
            self.tell(test, "skipped", reason=reason)

    def addExpectedFailure(self, test, err):
        self.tell(test, "skipped", reason="expected to fail")

    def addUnexpectedSuccess(self, test):
        self.tell(test, "failed", reason="It passes, but is marked to fail.")

    def addSubTest(self, test, subtest, err):
        self.children[id(test)] = True
        part = subtest._subDescription()
        status = "passed" if err is None else "failed" if issubclass(err[0], test.failureException) else "errored"
        self.tell(test, status, err, part=part)


def load(path):
    name = path[:-3].replace("/", ".")
    if all(part.isidentifier() for part in name.split(".")):
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(path.rpartition("/")[2][:-3], path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def collect(result):
    loader = unittest.TestLoader()
    if not asked["files"]:
        return [loader.discover(".")]
    suites = []
    for path in asked["files"]:
        try:
            module = load(path)
            names = [name for owner, name in asked["names"] if owner == path]
            if names:
                suites.append(loader.loadTestsFromNames(names, module))
            else:
                suites.append(loader.loadTestsFromModule(module))
        except BaseException:
            text, last = trace(sys.exc_info())
            write("load", path=path, text=text, last=last)
            result.red = True
            print(text, file=sys.stderr, flush=True)
    return suites


def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


def shuffled(suites, seed):
    dice = random.Random(seed)
    classes = {}
    for suite in suites:
        for test in flat(suite):
            classes.setdefault(type(test), []).append(test)
    groups = list(classes.values())
    dice.shuffle(groups)
    for group in groups:
        dice.shuffle(group)
    return [unittest.TestSuite(group) for group in groups]


meter, lines = None, None
if asked["coverage"]:
    try:
        import coverage
        if not hasattr(coverage.Coverage, "lcov_report"):
            raise ImportError
    except ImportError:
        if not asked["perTest"]:
            write("missing", name="coverage")
            sys.exit(4)
        lines = collect_lines(os.getcwd())
if asked["coverage"] and not lines:
    meter = coverage.Coverage(branch=True, data_file=asked["data"])
    meter.start()
result = Result()
suites = collect(result)
if asked["seed"] is not None:
    suites = shuffled(suites, asked["seed"])
result.failfast = asked["failFast"]
for suite in suites:
    suite(result)
    if asked["failFast"] and result.red:
        break
if meter:
    meter.stop()
    meter.save()
    try:
        meter.lcov_report(outfile=asked["coverage"])
    except coverage.CoverageException as error:
        print(error, file=sys.stderr)
if lines:
    lines.write(asked["coverage"])
write("end")
report.close()
sys.exit(1 if result.red else 0)
`;

/** The name that it has in the report folder, and its text. */
export const unittestReporter = { name: 'codegen_lab_unittest.py', text: source } as const;
