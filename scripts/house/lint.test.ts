import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTool } from '../runTool.ts';

const root = join(import.meta.dirname, '..', '..');

interface Planted {
  readonly path: string;
  readonly source: string;
  /** The rules that must complain, each once; none for a file that is right. */
  readonly rules: readonly string[];
}

const zones = 'eslint(no-restricted-imports)';
const builtins = 'import(no-nodejs-modules)';
const importing = (specifier: string) => `import { a } from '${specifier}';\nexport const b = a;\n`;

/** The files that the planted ones import, so that a complaint is about a rule and not about a missing file. */
const targets = [
  'extension/client.ts',
  'server/composeEngine.ts',
  'server/adapters/target.ts',
  'server/cli/target.ts',
  'server/lsp/target.ts',
  'server/protocol/target.ts',
  'server/engine/engine.ts',
  ...[
    'agents',
    'runs',
    'triggers',
    'generation',
    'testing',
    'scanning',
    'rules',
    'llm',
    'journal',
    'safety',
    'ports',
    'documents',
  ].map((folder) => `server/engine/${folder}/target.ts`),
];

const planted: readonly Planted[] = [
  {
    path: 'server/engine/rules/bare.ts',
    source: `import { join as a } from 'path';\nexport const b = a;\n`,
    rules: [builtins],
  },
  {
    path: 'server/engine/rules/bareFs.ts',
    source: `import { readFileSync as a } from 'fs';\nexport const b = a;\n`,
    rules: [builtins],
  },
  {
    path: 'server/engine/rules/nodeFs.ts',
    source: `import { readFileSync as a } from 'node:fs';\nexport const b = a;\n`,
    rules: [builtins],
  },
  {
    path: 'server/engine/rules/nodeFsPromises.ts',
    source: `import { readFile as a } from 'node:fs/promises';\nexport const b = a;\n`,
    rules: [builtins],
  },
  {
    path: 'server/engine/rules/typeOnly.ts',
    source: `import type { Stats } from 'node:fs';\nexport type B = Stats;\n`,
    rules: [builtins],
  },
  {
    path: 'server/engine/rules/nodeFs.test.ts',
    source: `import { readFileSync as a } from 'node:fs';\nexport const b = a;\n`,
    rules: [],
  },
  {
    path: 'server/protocol/nodeFs.ts',
    source: `import { readFileSync as a } from 'node:fs';\nexport const b = a;\n`,
    rules: [builtins],
  },
  {
    path: 'server/adapters/nodeFs.ts',
    source: `import { readFileSync as a } from 'node:fs';\nexport const b = a;\n`,
    rules: [],
  },
  {
    path: 'server/lsp/vscode.ts',
    source: `import type { Uri } from 'vscode';\nexport type B = Uri;\n`,
    rules: [zones],
  },
  {
    path: 'server/engine/rules/vscode.ts',
    source: `import type { Uri } from 'vscode';\nexport type B = Uri;\n`,
    rules: [zones],
  },
  {
    path: 'extension/vscode.ts',
    source: `import type { Uri } from 'vscode';\nexport type B = Uri;\n`,
    rules: [],
  },
  { path: 'extension/engine.ts', source: importing('../server/engine/engine.ts'), rules: [zones] },
  {
    path: 'extension/commands/adapters.ts',
    source: importing('../../server/adapters/target.ts'),
    rules: [zones],
  },
  { path: 'extension/protocol.ts', source: importing('../server/protocol/target.ts'), rules: [] },
  { path: 'server/protocol/engine.ts', source: importing('../engine/engine.ts'), rules: [zones] },
  { path: 'server/lsp/cli.ts', source: importing('../cli/target.ts'), rules: [zones] },
  { path: 'server/lsp/adapters.ts', source: importing('../adapters/target.ts'), rules: [zones] },
  { path: 'server/lsp/composition.ts', source: importing('../composeEngine.ts'), rules: [zones] },
  { path: 'server/cli/composition.ts', source: importing('../composeEngine.ts'), rules: [zones] },
  { path: 'server/lsp/engine.ts', source: importing('../engine/engine.ts'), rules: [] },
  { path: 'server/cli/lsp.ts', source: importing('../lsp/target.ts'), rules: [zones] },
  { path: 'server/cli/adapters.ts', source: importing('../adapters/target.ts'), rules: [zones] },
  { path: 'server/cli/main.ts', source: importing('../adapters/target.ts'), rules: [] },
  { path: 'server/main.ts', source: importing('./adapters/target.ts'), rules: [] },
  { path: 'server/adapters/rules.ts', source: importing('../engine/rules/target.ts'), rules: [zones] },
  { path: 'server/adapters/contract.ts', source: importing('../engine/engine.ts'), rules: [zones] },
  { path: 'server/adapters/ports.ts', source: importing('../engine/ports/target.ts'), rules: [] },
  { path: 'server/adapters/models/lsp.ts', source: importing('../../lsp/target.ts'), rules: [zones] },
  { path: 'server/engine/runs/adapters.ts', source: importing('../../adapters/target.ts'), rules: [zones] },
  {
    path: 'server/engine/rules/extension.ts',
    source: importing('../../../extension/client.ts'),
    rules: [zones],
  },
  {
    path: 'server/engine/rules/sdk.ts',
    source: `import type { Anthropic } from '@anthropic-ai/sdk';\nexport type B = Anthropic;\n`,
    rules: [zones],
  },
  { path: 'server/engine/runs/agents.ts', source: importing('../agents/target.ts'), rules: [zones] },
  { path: 'server/engine/generation/runs.ts', source: importing('../runs/target.ts'), rules: [zones] },
  {
    path: 'server/engine/rules/checks/testing.ts',
    source: importing('../../testing/target.ts'),
    rules: [zones],
  },
  { path: 'server/engine/safety/rules.ts', source: importing('../rules/target.ts'), rules: [zones] },
  { path: 'server/engine/documents/safety.ts', source: importing('../safety/target.ts'), rules: [zones] },
  { path: 'server/engine/runs/rules.ts', source: importing('../rules/target.ts'), rules: [] },
  {
    path: 'server/engine/rules/process.ts',
    source: 'export const b = process.env;\n',
    rules: ['eslint(no-restricted-globals)'],
  },
  {
    path: 'server/engine/rules/timer.ts',
    source: 'setTimeout(() => undefined, 1);\n',
    rules: ['eslint(no-restricted-globals)'],
  },
  {
    path: 'server/engine/rules/now.ts',
    source: 'export const b = Date.now();\n',
    rules: ['eslint(no-restricted-properties)'],
  },
  {
    path: 'server/engine/rules/random.ts',
    source: 'export const b = Math.random();\n',
    rules: ['eslint(no-restricted-properties)'],
  },
  { path: 'server/lsp/console.ts', source: `console.log('a');\n`, rules: ['eslint(no-console)'] },
  { path: 'extension/console.ts', source: `console.log('a');\n`, rules: ['eslint(no-console)'] },
  { path: 'scripts/console.ts', source: `console.log('a');\n`, rules: [] },
  {
    path: 'server/lsp/any.ts',
    source: 'export function b(a: any): void {\n  void a;\n}\n',
    rules: ['typescript(no-explicit-any)'],
  },
  {
    path: 'server/lsp/floating.ts',
    source: 'Promise.resolve(1);\n',
    rules: ['typescript(no-floating-promises)'],
  },
  {
    path: 'server/lsp/misused.ts',
    source: 'export const b = [1].filter(async () => true);\n',
    rules: ['typescript(no-misused-promises)'],
  },
  {
    path: 'server/lsp/thenable.ts',
    source: 'const a: number = Math.max(1);\nexport const b = await a;\n',
    rules: ['typescript(await-thenable)'],
  },
  {
    path: 'server/lsp/bang.ts',
    source: 'export const b = (a: string | undefined) => a!;\n',
    rules: ['typescript(no-non-null-assertion)'],
  },
  {
    path: 'server/lsp/valueImport.ts',
    source: `import { Stats } from 'node:fs';\nexport type B = Stats;\n`,
    rules: ['typescript(consistent-type-imports)'],
  },
  {
    path: 'server/lsp/equality.ts',
    source: 'export const b = (a: string) => a == "1";\n',
    rules: ['eslint(eqeqeq)'],
  },
  {
    path: 'server/lsp/switch.ts',
    source: `export function b(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n`,
    rules: ['typescript(switch-exhaustiveness-check)'],
  },
  {
    path: 'server/lsp/unsafe.ts',
    source: 'export const b: string = JSON.parse("1");\n',
    rules: ['typescript(no-unsafe-assignment)'],
  },
  { path: 'server/lsp/long.ts', source: 'export {};\n'.repeat(401), rules: ['eslint(max-lines)'] },
  { path: 'server/lsp/long.test.ts', source: 'export {};\n'.repeat(401), rules: [] },
  {
    path: 'server/lsp/parameters.ts',
    source:
      'export const b = (...a: number[]) => a;\nexport function c(d: 1, e: 1, f: 1, g: 1, h: 1): void {\n  b(d, e, f, g, h);\n}\n',
    rules: ['eslint(max-params)'],
  },
  {
    path: 'server/lsp/cycleA.ts',
    source: `import { b } from './cycleB.ts';\nexport const a = () => b;\n`,
    rules: ['import(no-cycle)'],
  },
  {
    path: 'server/lsp/cycleB.ts',
    source: `import { a } from './cycleA.ts';\nexport const b = () => a;\n`,
    rules: ['import(no-cycle)'],
  },
];

describe('the lint rules', function () {
  this.timeout(60_000);
  let folder: string;
  let complaints: ReadonlyMap<string, readonly string[]>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-lint-'));
    for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
      copyFileSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    for (const path of targets) plant(path, 'export const a = 1;\n');
    for (const { path, source } of planted) plant(path, source);
    complaints = await lint();
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { path, rules } of planted) {
    it(`${rules.length > 0 ? `refuse ${path} by ${rules.join(', ')}` : `allow ${path}`}`, () => {
      assert.deepEqual(complaints.get(path) ?? [], rules);
    });
  }

  function plant(path: string, source: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }

  async function lint(): Promise<ReadonlyMap<string, readonly string[]>> {
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const { output } = await runTool(folder, oxlint, ['--type-aware', '--format', 'json']);
    const report = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    const byFile = new Map<string, string[]>();
    for (const { code, filename } of report.diagnostics)
      byFile.set(filename, [...(byFile.get(filename) ?? []), code]);
    return byFile;
  }
});
