import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from '../../scripts/listFiles.ts';
import type { BenchRow } from '../benchRow.ts';
import { measurePairs, type Pair } from '../measure/measurePairs.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { bareServer, ServerProcess, type ServerPlace } from '../measure/serverProcess.ts';
import { median } from '../measure/statistics.ts';
import { buildEchoServer } from '../peers/buildPeers.ts';

const name = 'keystroke';
const blockLimitMs = 1.5;
const blockLength = 13_500;

const plainRule = [
  '---',
  'description: How modules of this project are written',
  'globs: src/**/*.ts, !**/*.d.ts',
  'alwaysApply: false',
  '---',
  '# Modules',
  '',
  ...Array.from(
    { length: 40 },
    (_, at) => `- Rule ${at}: a module has one purpose, and its name says which.`,
  ),
  '',
].join('\n');

/** From a keystroke in a rule file to its diagnostics, as an editor sees it. */
export const keystroke: BenchRow = {
  names: [name],
  async run({ root, scratch, size, bundles }) {
    const dist = await bundles();
    const folder = join(scratch, 'keystroke');
    const ours = { ...bareServer(root, join(dist, 'server.cjs'), scratch), folder };
    const echo = { ...ours, module: await buildEchoServer(root, scratch) };
    const amount = size === 'full' ? { rounds: 60, warmups: 40 } : { rounds: 2, warmups: 1 };
    const block = ruleWithBlock(root);
    const plain = await comparePlaces([ours, echo], { folder, text: plainRule }, amount);
    const withBlock = await comparePlaces([ours, echo], { folder, text: block }, amount);
    const own = withBlock.map((pair) => Math.max(pair.ours - pair.beside, 0.001));
    const what = 'a change of a rule file until its diagnostics, over node-ipc';
    return [
      besidePeer({ name, what, beside: 'a vscode-languageserver that publishes one problem' }, plain, 3),
      againstLimit(
        {
          name: `${name}/block`,
          what: `our own time of it, with a \`<rule>\` block (${block.length} characters)`,
          beside: `${blockLimitMs} ms`,
        },
        own,
        blockLimitMs,
      ),
    ];
  },
};

/** The longest public rule file with one block that is no longer than was decided on, with prose up to that length. */
function ruleWithBlock(root: string): string {
  const texts = ['.mdc', '.mdc.md']
    .flatMap((ending) => listFiles(root, 'test-fixtures/rules/corpus', ending))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .filter(
      (text) => text.split('<rule>').length === 2 && text.startsWith('---\n') && text.length <= blockLength,
    );
  const longest = texts.toSorted((left, right) => right.length - left.length)[0];
  if (longest === undefined) throw new Error('No rule file has a block.');
  const prose = 'A module has one purpose, and its name says which.\n';
  return longest + prose.repeat(Math.ceil((blockLength - longest.length) / prose.length));
}

interface Sample {
  readonly folder: string;
  readonly text: string;
}

async function comparePlaces(
  [ours, beside]: readonly [ServerPlace, ServerPlace],
  { folder, text }: Sample,
  amount: { readonly rounds: number; readonly warmups: number },
): Promise<readonly Pair[]> {
  const path = join(folder, '.cursor', 'rules', 'typed.mdc');
  mkdirSync(join(folder, '.cursor', 'rules'), { recursive: true });
  writeFileSync(path, text);
  const uri = pathToFileURL(path).href;
  const typists = await Promise.all([ours, beside].map((place) => openFile(place, uri, text)));
  const [left, right] = typists;
  if (left === undefined || right === undefined) throw new Error('Two servers are measured.');
  try {
    return await measurePairs({ ours: () => left.type(), beside: () => right.type(), ...amount });
  } finally {
    for (const { server } of typists) await server.end();
  }
}

interface Typist {
  readonly server: ServerProcess;
  /** Types a letter into a key or takes it away, so that there are other problems each time; milliseconds. */
  type(): Promise<number>;
}

const keystrokesPerSample = 20;

async function openFile(place: ServerPlace, uri: string, text: string): Promise<Typist> {
  const server = new ServerProcess(place);
  await server.initialize(place);
  server.notify('initialized', {});
  const published = (): Promise<unknown> =>
    server.waitFor(
      ({ method, params }) =>
        method === 'textDocument/publishDiagnostics' && (params as { readonly uri: string }).uri === uri,
    );
  let version = 1;
  const change = (isTyped: boolean): void => {
    version += 1;
    const start = { line: 1, character: 0 };
    const range = { start, end: isTyped ? start : { line: 1, character: 1 } };
    const contentChanges = [{ range, text: isTyped ? 'x' : '' }];
    server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  };
  const typeOnce = async (isTyped: boolean): Promise<number> => {
    const answered = published();
    const started = performance.now();
    change(isTyped);
    await answered;
    return performance.now() - started;
  };
  const typed = `${text.slice(0, 4)}x${text.slice(4)}`;
  const opened = published();
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'mdc', version, text: typed } });
  await opened;
  // What the server reads at its start is over by then.
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return {
    server,
    async type() {
      const times: number[] = [];
      for (let at = 0; at < keystrokesPerSample; at += 1) times.push(await typeOnce(at % 2 === 1));
      return median(times);
    },
  };
}

const settleMs = 500;
