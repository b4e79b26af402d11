import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeResult } from './writeResult.ts';

const root = join(import.meta.dirname, '../..');
const files = [
  'server/test/adversarial/sandbox.test.ts',
  'server/adapters/sandbox/bubblewrap.test.ts',
  'server/adapters/sandbox/bubblewrapLimits.test.ts',
];

/** All cases of the sandbox. Resolves to whether all held. */
export async function playEscapes(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-escapes-'));
  const output = join(folder, 'report.json');
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const options = ['--exit', '--reporter', 'json', '--reporter-option', `output=${output}`];
  const child = spawn(process.execPath, [mocha, ...options, ...files], { cwd: root, stdio: 'inherit' });
  await new Promise((resolve) => child.once('exit', resolve));
  const printed = readFileSync(output, 'utf8');
  rmSync(folder, { recursive: true });
  const { passes, failures, pending } = readReport(printed);
  const who = process.getuid?.() === 0 ? 'root, who becomes another user first' : 'an ordinary user';
  const row = `| ${[who, passes.length, pending.length, failures.length].join(' | ')} |`;
  console.log(row);
  for (const title of failures) console.log(title);
  writeResult('escapes', 'Escapes from the sandbox', [
    'Every case of the sandbox: the rows S of [safety.md](safety.md) and those of its adapter. What another system has is not run.',
    '',
    '| run by | held | not run | escaped |',
    '|---|---|---|---|',
    row,
    ...failures.map((title) => `- ${title}`),
  ]);
  return failures.length === 0 && passes.length > 0;
}

type Titles = Readonly<Record<'passes' | 'failures' | 'pending', readonly string[]>>;

function readReport(printed: string): Titles {
  const report: unknown = JSON.parse(printed);
  const titles = (key: string): readonly string[] => {
    const list: unknown =
      typeof report === 'object' && report !== null && key in report
        ? Object.entries(report).find(([name]) => name === key)?.[1]
        : [];
    return Array.isArray(list) ? list.map(titleOf) : [];
  };
  return { passes: titles('passes'), failures: titles('failures'), pending: titles('pending') };
}

function titleOf(test: unknown): string {
  return typeof test === 'object' && test !== null && 'fullTitle' in test ? String(test.fullTitle) : '';
}
