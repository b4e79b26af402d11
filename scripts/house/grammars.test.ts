import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { grammarLanguages } from '../../server/adapters/syntax/grammarList.ts';
import { buildBundles } from '../buildBundles.ts';

const root = join(import.meta.dirname, '..', '..');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;

/** Asks the worker of a folder to parse a text without faults and one with a fault, in each language. */
const script = `
const { Worker } = require('node:worker_threads');
const [folder, ...languages] = process.argv.slice(1);
const worker = new Worker(folder + '/syntaxWorker.cjs', { workerData: { folder: folder + '/grammars', ending: '.wasm.br' } });
const asked = [...languages, 'yaml'].flatMap((language) => [[language, ''], [language, '[(']]);
const said = {};
let open = asked.length;
worker.on('message', (answer) => {
  if (answer === 'ready') asked.forEach(([language, text], id) => worker.postMessage({ id, language, text, want: 'faults' }));
  else if (answer.kind !== 'parsing') {
    const [language] = asked[answer.id];
    said[language] = [...(said[language] ?? []), answer.kind === 'faults' ? answer.faults.length > 0 : answer.reason];
    open -= 1;
    if (open === 0) { console.log(JSON.stringify(said)); void worker.terminate(); }
  }
});
`;

/** What the server does, in a bundle of its own. It ends although nobody ends the worker. */
const asking = `
import { GrammarParser } from './server/adapters/syntax/grammarParser.ts';
const parser = new GrammarParser();
void parser
  .check({ path: 'a.ts', text: 'const a: number = 1;' }, new AbortController().signal)
  .then((said) => console.log(JSON.stringify(said)));
`;

describe('the grammars that are shipped', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-dist-'));
    await buildBundles({ root, outdir: folder, production: true, quiet: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const node of new Set([process.execPath, systemNode])) {
    it(`parse on ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`, () => {
      const output = execFileSync(node, ['-e', script, folder, ...grammarLanguages], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      const expected = [...grammarLanguages, 'yaml'].map((language) => [language, [false, true]]);
      const said = JSON.parse(output) as Record<string, unknown>;
      assert.deepEqual(said, Object.fromEntries(expected));
    });

    it(`are found beside a bundle on ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`, async () => {
      const outfile = join(folder, 'asks.cjs');
      await build({
        stdin: { contents: asking, resolveDir: root, loader: 'ts' },
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
        banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
        logLevel: 'silent',
      });
      const output = execFileSync(node, [outfile], { encoding: 'utf8', timeout: 30_000 });
      assert.deepEqual(JSON.parse(output), { kind: 'parsed' });
    });
  }
});
