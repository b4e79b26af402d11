import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine.ts';
import { testFindings } from '../engine/journal/testFindings.ts';
import type { TestFileView } from '../protocol/viewState.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import type { Folders } from './folders.ts';

export interface TestProblemParts {
  readonly engine: Pick<Engine, 'viewState'>;
  readonly documents: Pick<TextDocuments<TextDocument>, 'onDidOpen' | 'onDidChangeContent'>;
  readonly folders: Pick<Folders, 'place' | 'roots'>;
  readonly diagnostics: Pick<DiagnosticsPublisher, 'setFile' | 'setFolder'>;
}

/**
 * Red tests in Problems. What is said of a file is about the text that ran: once somebody types in it, it is taken back there
 * until its tests have run again. Returns what shows the tests as they are now.
 */
export function followTestProblems({
  engine,
  documents,
  folders,
  diagnostics,
}: TestProblemParts): () => void {
  /** Files that were changed, to the results that there were of each test file then. */
  const changed = new Map<string, ReadonlySet<string>>();
  /** The editor tells of the text that it opens as of a change. */
  const opened = new Map<string, number>();
  documents.onDidOpen(({ document: { uri, version } }) => void opened.set(uri, version));
  documents.onDidChangeContent(({ document: { uri, version } }) => {
    const placed = opened.get(uri) === version ? undefined : folders.place(uri);
    if (placed === undefined) return;
    const key = keyOf(placed.root, placed.path);
    const known = changed.get(key);
    const results = engine.viewState().tests.map(stampOf);
    if (known !== undefined && results.every((stamp) => known.has(stamp))) return;
    changed.set(key, new Set(results));
    diagnostics.setFile('tests', placed.root, placed.path, []);
  });
  return () => {
    const { tests } = engine.viewState();
    for (const root of folders.roots()) {
      const red = tests.filter((file) => file.folder === root && file.tests.some(({ failure }) => failure));
      const findings = red.flatMap((file) =>
        testFindings(root, [file]).filter(
          ({ path }) => changed.get(keyOf(root, path))?.has(stampOf(file)) !== true,
        ),
      );
      diagnostics.setFolder('tests', root, findings);
    }
  };
}

function stampOf({ folder, path, run, at }: TestFileView): string {
  return [folder, path, run, at].join('\n');
}

function keyOf(root: string, path: string): string {
  return `${root}\n${path}`;
}
