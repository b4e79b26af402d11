/**
 * Python that tells which test ran which line, where coverage.py is not installed: a part of programs of ours, which defines
 * `collect_lines(folder)`. What it returns has `begin(test)`, with the id of the test that starts or an empty one, and `write(path)`,
 * which leaves a report as `coverage json --show-contexts` would, without branches. Lines of a folder's own code count, those
 * of what is installed in it do not. Works on Python 3.8 and newer.
 */
export const lineCollector = String.raw`
def collect_lines(folder):
    import ast, dis, io, json, os, sys, threading, tokenize, types

    skipped = ("site-packages", "node_modules", ".venv", "venv", ".tox", "__pycache__")
    inside, hits, found = {}, {}, set()
    root = os.path.realpath(folder)

    def path_of(name):
        if name not in inside:
            path = os.path.realpath(os.path.join(folder, name)) if name.endswith(".py") else ""
            part = os.path.relpath(path, root).split(os.sep) if path.startswith(root + os.sep) else [".."]
            inside[name] = None if part[0] == ".." or any(each in skipped for each in part) else "/".join(part)
        return inside[name]

    def on_line(name, line):
        found.add((path_of(name), line))

    def trace_line(frame, event, _):
        if event == "line":
            on_line(frame.f_code.co_filename, frame.f_lineno)
        return trace_line

    def trace_call(frame, event, _):
        return trace_line if path_of(frame.f_code.co_filename) is not None else None

    def start_tracing():
        threading.settrace(trace_call)
        sys.settrace(trace_call)

    def start_monitoring():
        meter = sys.monitoring

        def line_event(code, line):
            if path_of(code.co_filename) is not None:
                on_line(code.co_filename, line)
            return meter.DISABLE

        meter.use_tool_id(meter.COVERAGE_ID, "codegen-lab")
        meter.register_callback(meter.COVERAGE_ID, meter.events.LINE, line_event)
        meter.set_events(meter.COVERAGE_ID, meter.events.LINE)
        return meter.restart_events

    restart = start_tracing
    if hasattr(sys, "monitoring"):
        try:
            restart = start_monitoring()
        except ValueError:
            pass

    def lines_of(code, is_function=False):
        for _, line in dis.findlinestarts(code):
            # Where a function begins is run where it is made, not when it is called.
            if line and not (is_function and line == code.co_firstlineno):
                yield line
        for each in code.co_consts:
            if isinstance(each, types.CodeType):
                yield from lines_of(each, True)

    # As coverage.py counts: a statement of several lines is its first one, and what is only said counts nowhere.
    def first_lines(text):
        firsts, first = {}, None
        for token in tokenize.tokenize(io.BytesIO(text).readline):
            if token.type == tokenize.NEWLINE:
                firsts.update((line, first) for line in range(first, token.end[0] + 1))
                first = None
            elif first is None and token.string.strip() and token.type not in (tokenize.COMMENT, tokenize.ENCODING):
                first = token.start[0]
        return firsts

    def said_lines(text):
        for node in ast.walk(ast.parse(text)):
            body = getattr(node, "body", None)
            is_scope = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            if is_scope and body and ast.get_docstring(node, clean=False) is not None:
                yield from range(body[0].lineno, body[0].end_lineno + 1)

    class Lines:
        def begin(self, test):
            nonlocal found
            found = hits.setdefault(test, set())
            restart()

        def write(self, report):
            sys.settrace(None)
            threading.settrace(None)
            contexts = {}
            for test, lines in list(hits.items()):
                for path, line in list(lines):
                    contexts.setdefault(path, {}).setdefault(line, []).append(test)
            files = {}
            for path, ran in contexts.items():
                try:
                    with open(os.path.join(root, path), "rb") as source:
                        text = source.read()
                    firsts = first_lines(text)
                    lines = lines_of(compile(text, path, "exec", dont_inherit=True))
                    known = {firsts.get(line, line) for line in lines}.difference(said_lines(text))
                except (OSError, SyntaxError, ValueError, tokenize.TokenError):
                    continue
                tests = {}
                for line, names in ran.items():
                    tests.setdefault(firsts.get(line, line), {}).update(dict.fromkeys(names))
                files[path] = {
                    "executed_lines": sorted(known.intersection(tests)),
                    "missing_lines": sorted(known.difference(tests)),
                    "contexts": {str(line): list(names) for line, names in tests.items() if line in known},
                }
            with open(report, "w", encoding="utf-8") as out:
                json.dump({"meta": {"branch_coverage": False}, "files": files}, out)

    lines = Lines()
    lines.begin("")
    return lines
`;
