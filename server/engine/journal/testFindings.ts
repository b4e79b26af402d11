import type { TestFileView } from '../../protocol/viewState.ts';
import type { TestCase, TraceFrame } from '../../protocol/tests.ts';
import type { Finding, Range, RelatedPlace } from '../../protocol/text.ts';

/** Red tests at their failing lines, with the frames in the user's code that led there. */
export function testFindings(root: string, files: Iterable<TestFileView>): readonly Finding[] {
  const findings: Finding[] = [];
  for (const file of files) {
    if (file.folder !== root) continue;
    for (const test of file.tests) {
      if (test.failure) findings.push(findingOf(file.path, test));
    }
  }
  return findings;
}

function findingOf(path: string, test: TestCase): Finding {
  const frames = test.failure?.frames ?? [];
  const own = frames.find((frame) => frame.path === path);
  return {
    path,
    range: lineRange(own?.line ?? test.line ?? 0),
    severity: 'error',
    code: 'test.failed',
    message: `${[...test.suites, test.name].join(' > ')}: ${test.failure?.message ?? 'failed'}`,
    related: frames.filter((frame) => frame !== own).map(relatedPlace),
  };
}

function relatedPlace(frame: TraceFrame): RelatedPlace {
  return { path: frame.path, range: lineRange(frame.line), message: 'on the way to the failure' };
}

/** From the start of the line to far right; the editor cuts it at the line's end. */
function lineRange(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 1_000 } };
}
