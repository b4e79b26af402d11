import assert from 'node:assert/strict';
import type { TextDocumentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../protocol/text.ts';
import type { TestFileView } from '../protocol/viewState.ts';
import { createScriptedEngine } from '../test/scriptedEngine.ts';
import { followTestProblems } from './testProblems.ts';

function red(path: string, at: number): TestFileView {
  const frames = [
    { path: 'src/a.js', line: 1 },
    { path, line: 4 },
  ];
  const failure = { message: 'no', detail: 'no', frames };
  const test = { id: `${path}::t`, name: 't', suites: [], status: 'failed', ms: 1, failure } as const;
  return { folder: '/w', path, runner: 'r', phase: 'user', run: `run${at}`, at, tests: [test] };
}

type Listener = (event: TextDocumentChangeEvent<TextDocument>) => void;

/** An editor with these results, and what stands in Problems, as `path code`. */
function createEditor(tests: readonly TestFileView[]) {
  const engine = createScriptedEngine();
  const opening: Listener[] = [];
  const changing: Listener[] = [];
  const shown = new Map<string, readonly Finding[]>();
  const show = followTestProblems({
    engine,
    documents: {
      onDidOpen: (listener: Listener) => (opening.push(listener), { dispose: () => undefined }),
      onDidChangeContent: (listener: Listener) => (changing.push(listener), { dispose: () => undefined }),
    },
    folders: {
      roots: () => ['/w'],
      place: (uri) => ({ root: '/w', path: uri.replace('file:///w/', '') }),
    },
    diagnostics: {
      setFile: (_source, _root, path, findings) => void shown.set(path, findings),
      setFolder: (_source, _root, findings) => {
        shown.clear();
        for (const finding of findings)
          shown.set(finding.path, [...(shown.get(finding.path) ?? []), finding]);
      },
    },
  });
  const run = (...now: readonly TestFileView[]): void => {
    engine.show({ tests: now });
    show();
  };
  run(...tests);
  const tell = (listeners: readonly Listener[], path: string, version: number): void => {
    const document = TextDocument.create(`file:///w/${path}`, 'javascript', version, '');
    for (const listener of listeners) listener({ document });
  };
  return {
    run,
    problems: () =>
      [...shown.values()]
        .flat()
        .map(({ path, code }) => `${path} ${code}`)
        .sort(),
    open(path: string): void {
      tell(opening, path, 1);
      tell(changing, path, 1);
    },
    type: (path: string, version = 2) => tell(changing, path, version),
  };
}

const ofTest = 'test/a.js test.failed';
const ofCode = 'src/a.js test.failed-here';

describe('red tests in Problems', () => {
  it('stand at the test and at the code that led there, also when the files are opened', () => {
    const editor = createEditor([red('test/a.js', 1)]);
    editor.open('test/a.js');
    editor.run(red('test/a.js', 1));
    assert.deepEqual(editor.problems(), [ofCode, ofTest]);
  });

  it('are taken back in the file that somebody changes, until its tests ran again', () => {
    const editor = createEditor([red('test/a.js', 1), red('test/b.js', 1)]);
    editor.open('src/a.js');
    editor.type('src/a.js');
    assert.deepEqual(editor.problems(), [ofTest, 'test/b.js test.failed']);
    editor.run(red('test/a.js', 1), red('test/b.js', 1));
    assert.deepEqual(editor.problems(), [ofTest, 'test/b.js test.failed']);
    editor.run(red('test/a.js', 1), red('test/b.js', 2));
    assert.deepEqual(editor.problems(), [ofCode, ofTest, 'test/b.js test.failed']);
  });

  it('are taken back again when the file is changed once more', () => {
    const editor = createEditor([red('test/a.js', 1)]);
    editor.open('test/a.js');
    editor.type('test/a.js', 2);
    editor.run(red('test/a.js', 2));
    editor.type('test/a.js', 3);
    assert.deepEqual(editor.problems(), [ofCode]);
  });

  it('are gone with the red result', () => {
    const editor = createEditor([red('test/a.js', 1)]);
    editor.run();
    assert.deepEqual(editor.problems(), []);
  });
});
