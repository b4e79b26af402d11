import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PathMap } from '../engine/testing/runners/runner.ts';

const folder = join(import.meta.dirname, '../../test-fixtures/reports');

/** A report as a real runner wrote it; see SOURCE.md beside them. */
export function recordedReport(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** Texts of a recorded project, by path, as a run hands them to a reader. */
export function recordedSources(
  project: string,
  isWanted: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const root = join(folder, 'project', project);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return new Map(
    paths
      .filter(isWanted)
      .sort()
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

/** Maps the paths of recorded reports: they were made in `/workspace`. Dependencies are left out, as in a run. */
export const recordedPaths: PathMap = (reported) => {
  const plain = reported.replace(/^file:\/\//u, '');
  if (plain.includes('/node_modules/')) return undefined;
  if (plain.startsWith('/workspace/')) return plain.slice('/workspace/'.length);
  return /^(?:\/|\.\.\/|[A-Za-z]:)/u.test(plain) ? undefined : plain;
};

/** Tests in a few words: `id status`, and for red ones the message and the frames. */
export function renderTests(tests: readonly TestLike[] | undefined): readonly string[] {
  return (tests ?? []).map(({ id, status, failure }) => {
    if (failure === undefined) return `${id} ${status}`;
    const frames = failure.frames.map((frame) => `${frame.path}:${frame.line + 1}`).join(' < ');
    return `${id} ${status}: ${failure.message} @ ${frames}`;
  });
}

interface TestLike {
  readonly id: string;
  readonly status: string;
  readonly failure?: {
    readonly message: string;
    readonly frames: readonly { readonly path: string; readonly line: number }[];
  };
}
