import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliDecompressSync } from 'node:zlib';
import treeSitter from '@vscode/tree-sitter-wasm';
import type { GrammarLanguage, SyntaxFault } from '../../engine/ports/syntax.ts';
import { faultFinders, isFormat } from './faultFinders.ts';
import { findFaults } from './findFaults.ts';
import { findOverlooked } from './findOverlooked.ts';
import { packTree } from './packTree.ts';
import { readTypeScript } from './readTypeScript.ts';
import type { SyntaxAnswer, SyntaxTask } from './syntaxTasks.ts';

/** Where the grammars lie, and whether they are compressed. */
export interface SyntaxWorkerData {
  readonly folder: string;
  readonly ending: '.wasm' | '.wasm.br';
}

/** As far as we use it; the types of Node leave it to those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => object;
};

const { folder, ending } = workerData as SyntaxWorkerData;
const pageBytes = 64 * 1024;
// The grammars and a text of 1 MiB need a fraction of it; what needs more is no source code.
const memory = { initial: (32 * 1024 * 1024) / pageBytes, maximum: (384 * 1024 * 1024) / pageBytes };

let parser: Promise<treeSitter.Parser> | undefined;
const languages = new Map<GrammarLanguage, Promise<treeSitter.Language>>();

parentPort?.on('message', (task: SyntaxTask) => {
  void answer(task).then((said) =>
    parentPort?.postMessage(said, said.kind === 'tree' ? [said.tree.nodes.buffer as ArrayBuffer] : []),
  );
});
// Its first message says that it can take tasks.
parentPort?.postMessage('ready');

async function answer(task: SyntaxTask): Promise<SyntaxAnswer> {
  const { id, language } = task;
  try {
    if (isFormat(language)) {
      const findFaults = await faultFinders[language]();
      parentPort?.postMessage({ id, kind: 'parsing' } satisfies SyntaxAnswer);
      return { id, kind: 'faults', faults: findFaults(task.text) };
    }
    parser ??= createParser();
    const ready = (await parser).setLanguage(await loadLanguage(language));
    parentPort?.postMessage({ id, kind: 'parsing' } satisfies SyntaxAnswer);
    return parse(ready, { ...task, language });
  } catch (error) {
    return { id, kind: 'failed', reason: explain(error) };
  }
}

function parse(
  ready: treeSitter.Parser,
  { id, language, text, want }: SyntaxTask & { readonly language: GrammarLanguage },
): SyntaxAnswer {
  const tree = ready.parse(text);
  if (tree === null) return { id, kind: 'failed', reason: 'it gave no tree' };
  try {
    if (want === 'tree') return { id, kind: 'tree', tree: packTree(tree) };
    return { id, kind: 'faults', faults: judge(tree.rootNode, language, text) };
  } finally {
    tree.delete();
  }
}

function judge(root: treeSitter.Node, language: GrammarLanguage, text: string): readonly SyntaxFault[] {
  const reading = language === 'typescript' ? readTypeScript(text) : 'unknown';
  if (reading === 'typescript') return [];
  const faults = findFaults(root, text);
  const other = reading === 'unknown' ? findOverlooked(root, language, text) : reading;
  return faults.length > 0 || other === undefined ? faults : [other];
}

/** The runtime gives up without a word of its own when it can have no more memory. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith('Aborted(')) return 'it needs more memory than it may have';
  return message === '' ? 'its file is damaged' : message;
}

async function createParser(): Promise<treeSitter.Parser> {
  const runtime = {
    wasmBinary: readWasm('tree-sitter'),
    wasmMemory: new WebAssembly.Memory(memory),
    // Nothing is looked for on the disk: the binary is given.
    locateFile: (name: string) => name,
    // A fault is told by an exception; what would be printed beside it is of no use to anybody.
    printErr: () => undefined,
  };
  await treeSitter.Parser.init(runtime);
  return new treeSitter.Parser();
}

function loadLanguage(language: GrammarLanguage): Promise<treeSitter.Language> {
  const known = languages.get(language);
  if (known !== undefined) return known;
  const loading = treeSitter.Language.load(readWasm(`tree-sitter-${language}`));
  languages.set(language, loading);
  return loading;
}

function readWasm(name: string): Uint8Array {
  const bytes = readFileSync(join(folder, `${name}${ending}`));
  return ending === '.wasm.br' ? brotliDecompressSync(bytes) : bytes;
}
