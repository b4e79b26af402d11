import type { RunEvent } from '../../protocol/runEvents.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { TestFileView } from '../../protocol/viewState.ts';

/** Last known results by test file: key is folder and path. Results of tests that never landed are not kept. */
export type TestResults = ReadonlyMap<string, TestFileView>;

/** The results after one more event. A partial run replaces only the tests it ran. */
export function foldTests(root: string, known: TestResults, event: RunEvent): TestResults {
  if (event.type !== 'test.finished' || event.outcome.kind !== 'finished' || event.phase === 'proof')
    return known;
  const next = new Map(known);
  for (const [path, tests] of byFile(event.outcome.tests)) {
    const key = `${root}\n${path}`;
    const merged = merge(known.get(key)?.tests ?? [], tests);
    next.set(key, {
      folder: root,
      path,
      runner: event.runner,
      phase: event.phase,
      run: event.run,
      at: event.at,
      tests: merged,
      ...(merged.length === tests.length ? {} : { ran: tests.map(({ id }) => id) }),
    });
  }
  return next;
}

function byFile(tests: readonly TestCase[]): ReadonlyMap<string, TestCase[]> {
  const files = new Map<string, TestCase[]>();
  for (const test of tests) {
    if (test.path === undefined) continue;
    const list = files.get(test.path);
    if (list) list.push(test);
    else files.set(test.path, [test]);
  }
  return files;
}

function merge(old: readonly TestCase[], fresh: readonly TestCase[]): readonly TestCase[] {
  const ran = new Set(fresh.map((test) => test.id));
  return [...old.filter((test) => !ran.has(test.id)), ...fresh];
}
