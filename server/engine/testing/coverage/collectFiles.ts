import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { createLineHits, type LineHits } from './lineHits.ts';

/** What one report says, by file: a file that it names twice is one. */
export interface FileHits {
  /** undefined: the file is outside of the workspace folder or a dependency. */
  readonly of: (reported: string) => LineHits | undefined;
  /** In the order of the report. */
  readonly all: () => readonly FileCoverage[];
}

export function collectFiles(paths: PathMap): FileHits {
  const files = new Map<string, LineHits>();
  return {
    of: (reported) => {
      const path = paths(reported);
      if (path === undefined) return undefined;
      const known = files.get(path) ?? createLineHits();
      files.set(path, known);
      return known;
    },
    all: () => [...files].map(([path, hits]) => hits.coverageOf(path)),
  };
}
