import { generateValidators } from '../generateValidators.ts';
import { runTool } from '../runTool.ts';
import type { LaneContext, LaneResult } from './lane.ts';

interface CheckTool {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

const tools: readonly CheckTool[] = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  {
    name: 'lint',
    script: 'node_modules/oxlint/bin/oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', script: 'node_modules/oxfmt/bin/oxfmt', args: ['--check'] },
  { name: 'unused', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
];

/** Types, lint, format and unused code, side by side; each tool counts as one. */
export async function run({ root }: Pick<LaneContext, 'root'>): Promise<LaneResult> {
  await generateValidators(root);
  const outcomes = await Promise.all(tools.map((tool) => runCheck(root, tool)));
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed, skipped: 0 };
}

async function runCheck(root: string, { name, script, args }: CheckTool): Promise<boolean> {
  const { exitCode, output, seconds } = await runTool(root, script, args);
  const verdict = exitCode === 0 ? 'ok' : 'FAILED';
  console.log(`${name.padEnd(8)}${verdict.padEnd(8)}${seconds.toFixed(1)} s`);
  if (exitCode !== 0) console.log(`${output.trimEnd()}\n`);
  return exitCode === 0;
}
