import type { TestFileView } from '../../protocol/viewState.ts';
import type { TestCase, TraceFrame } from '../../protocol/tests.ts';
import type { Finding, Range, RelatedPlace } from '../../protocol/text.ts';

/**
 * Red tests at their failing lines, with the frames in the user's code that led there; and at the innermost of these frames
 * outside of the test what fails there. A flaky test is a warning: it proves nothing in either way.
 */
export function testFindings(root: string, files: Iterable<TestFileView>): readonly Finding[] {
  const findings: Finding[] = [];
  const causes = new Map<string, Cause>();
  for (const file of files) {
    if (file.folder !== root) continue;
    for (const test of file.tests) {
      if (!test.failure) continue;
      const finding = testFinding(file.path, test);
      findings.push(finding);
      const frame = test.failure.frames.find(({ path }) => path !== file.path);
      if (frame === undefined || test.status === 'flaky') continue;
      const key = `${frame.path}\n${frame.line}`;
      const cause = causes.get(key) ?? { frame, message: test.failure.message, tests: [] };
      causes.set(key, { ...cause, tests: [...cause.tests, { name: nameOf(test), finding }] });
    }
  }
  return [...findings, ...[...causes.values()].map(findingAtFrame)];
}

/** A line of code under test in which tests fail. */
interface Cause {
  readonly frame: TraceFrame;
  /** Of the first of them. */
  readonly message: string;
  readonly tests: readonly { readonly name: string; readonly finding: Finding }[];
}

/** More say nothing new. */
const maxNamed = 10;

/** A red or flaky test of this file, at its failing line. */
export function testFinding(path: string, test: TestCase): Finding {
  const frames = test.failure?.frames ?? [];
  const own = frames.find((frame) => frame.path === path);
  const isFlaky = test.status === 'flaky';
  const message = test.failure?.message ?? 'failed';
  return {
    path,
    range: lineRange(own?.line ?? test.line ?? 0),
    severity: isFlaky ? 'warning' : 'error',
    code: isFlaky ? 'test.flaky' : 'test.failed',
    message: `${nameOf(test)}: ${isFlaky ? `failed, then passed on the same text: ${message}` : message}`,
    related: frames.filter((frame) => frame !== own).map(relatedPlace),
  };
}

function findingAtFrame({ frame, message, tests }: Cause): Finding {
  const [first] = tests;
  const who = tests.length === 1 ? `The test “${first?.name ?? ''}” fails` : `${tests.length} tests fail`;
  return {
    path: frame.path,
    range: lineRange(frame.line),
    // The test's own line has the error; one failure is not counted twice.
    severity: 'warning',
    code: 'test.failed-here',
    message: `${who} on the way through this line: ${message}`,
    related: tests
      .slice(0, maxNamed)
      .map(({ name, finding: { path, range } }) => ({ path, range, message: name })),
  };
}

function nameOf({ suites, name }: TestCase): string {
  return [...suites, name].join(' > ');
}

function relatedPlace(frame: TraceFrame): RelatedPlace {
  return { path: frame.path, range: lineRange(frame.line), message: 'on the way to the failure' };
}

/** From the start of the line to far right; the editor cuts it at the line's end. */
function lineRange(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 1_000 } };
}
