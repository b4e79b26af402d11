import type { TestLines } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { arrayOf, asObject, entriesOf, parseObject } from './jsonShape.ts';

/**
 * Which test ran which lines, from the JSON report of coverage.py with contexts (`coverage json --show-contexts` over data
 * of `pytest --cov-context=test`). Set-up and tear-down count as the test's own. Tests are
 * named as in the runner's report.
 */
export function readCoverageContexts(text: string, paths: PathMap): readonly TestLines[] {
  const linesOf = new Map<string, { test: string; path: string; lines: Set<number> }>();
  for (const [name, file] of entriesOf(parseObject(text)?.['files'])) {
    const path = paths(name);
    if (path === undefined) continue;
    for (const [line, contexts] of entriesOf(asObject(file)?.['contexts']))
      for (const context of arrayOf(contexts)) {
        const test = testOf(context);
        const at = Number(line) - 1;
        if (test === undefined || !Number.isSafeInteger(at) || at < 0) continue;
        const key = `${test}\n${path}`;
        const known = linesOf.get(key) ?? { test: idOf(test, paths), path, lines: new Set() };
        linesOf.set(key, known);
        known.lines.add(at);
      }
  }
  return [...linesOf.values()].map(({ test, path, lines }) => ({
    test,
    path,
    lines: [...lines].toSorted((a, b) => a - b),
  }));
}

/** `tests/test_a.py::test_x|run`; what ran while the module was loaded is of no test. */
function testOf(context: unknown): string | undefined {
  if (typeof context !== 'string') return undefined;
  const node = context.replace(/\|(?:setup|run|teardown)$/u, '');
  return node.includes('::') ? node : undefined;
}

/** The node's file as the report of the tests names it. */
function idOf(node: string, paths: PathMap): string {
  const end = node.indexOf('::');
  return `${paths(node.slice(0, end)) ?? node.slice(0, end)}${node.slice(end)}`;
}
