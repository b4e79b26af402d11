import { countTests } from '../../protocol/tests.ts';
import type { TestFileView } from '../../protocol/viewState.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { ImportIndex } from '../testing/imports/importIndex.ts';
import type { FiringContext } from '../triggers/decideFirings.ts';
import type { TestState } from '../triggers/filters/eventFile.ts';
import { findConcernedTests } from './planTests.ts';

export interface FiringContextParts {
  readonly files: Files;
  readonly git: Git;
  readonly patterns: Patterns;
  readonly imports: ImportIndex;
  /** Last known results, by test file. */
  readonly ledger: { testFiles(): readonly TestFileView[] };
  /** Without it the usual dependency and build folders count as ignored. */
  readonly ignored?: FiringContext['ignored'];
}

/** What decides about firings may look at: files, version control, and how tests ended last. */
export function createFiringContext({
  files,
  imports,
  git,
  patterns,
  ledger,
  ignored,
}: FiringContextParts): FiringContext {
  const testState = async (
    root: string,
    path: string,
    signal: AbortSignal,
  ): Promise<TestState | undefined> => {
    const found = await findConcernedTests({ files, imports, root }, path, signal);
    // Which tests concern the file only a runner tells, and none is known here.
    if (found.kind === 'none') return undefined;
    const concerned = new Set(found.concerned);
    if (concerned.size === 0) return 'none';
    const known = ledger.testFiles().filter((file) => file.folder === root && concerned.has(file.path));
    if (known.some(({ tests }) => countTests(tests).failed > 0)) return 'red';
    return known.length === concerned.size ? 'green' : 'notRun';
  };
  return { files, git, patterns, testState, ...(ignored === undefined ? {} : { ignored }) };
}
