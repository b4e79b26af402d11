import type { TestCase } from '../../protocol/tests.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';

/** More files than this say little about what failed. */
const maxFiles = 200;

/**
 * What a test run means to rules: one event per file that it concerns, which are one firing. Of a red run these are the
 * files of its red tests and the files in their traces; of a green one the files of its tests. Empty when no test ran.
 */
export function testEvents(root: string, tests: readonly TestCase[]): readonly FileEvent[] {
  const red = tests.filter(({ status }) => status === 'failed' || status === 'errored');
  const concerned = red.length > 0 ? red : tests.filter(({ status }) => status === 'passed');
  const paths = new Set(concerned.flatMap(pathsOf));
  const name = red.length > 0 ? 'test-fail' : 'test-pass';
  return [...paths]
    .slice(0, maxFiles)
    .map((path): FileEvent => ({ root, path, name, origin: 'user', depth: 0 }));
}

function pathsOf({ path, failure }: TestCase): readonly string[] {
  const own = path === undefined ? [] : [path];
  return [...own, ...(failure?.frames ?? []).map((frame) => frame.path)];
}
