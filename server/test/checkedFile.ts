import assert from 'node:assert/strict';
import type { Finding } from '../protocol/text.ts';
import type { Patterns } from '../engine/ports/patterns.ts';
import { parseRuleDocument } from '../engine/rules/parseRuleDocument.ts';
import { checkFile, type CheckMoment } from '../engine/triggers/checkFile.ts';
import { createInMemoryFiles } from './inMemoryFiles.ts';
import { scriptPatterns } from './scriptPatterns.ts';

const { signal } = new AbortController();

/** A text, and the one action of the one rule that looks at it. */
export interface Given {
  /** Lines of one action, below `- `. */
  readonly action: readonly string[];
  readonly text?: string;
  readonly before?: string;
  readonly path?: string;
  readonly keys?: readonly string[];
  readonly block?: boolean;
  readonly patterns?: Patterns;
  readonly moment?: CheckMoment;
}

export async function check({
  action,
  before,
  text = '',
  path = 'src/a.ts',
  keys = [],
  block = false,
  patterns = scriptPatterns,
  moment,
}: Given): Promise<readonly Finding[]> {
  const actions = ['actions:', ...action.map((line, at) => `  ${at === 0 ? '- ' : '  '}${line}`)];
  const lines = block
    ? ['---', ...keys, '---', '<rule>', 'name: r', ...actions, '</rule>']
    : ['---', 'name: r', ...keys, ...actions, '---'];
  const { file, blocks, problems } = parseRuleDocument('.cursor/rules/r.mdc', `${lines.join('\n')}\n`);
  assert.deepEqual(
    problems.filter((problem) => problem.severity === 'error'),
    [],
  );
  const request = {
    root: '/w',
    path,
    text,
    ...(before === undefined ? {} : { before }),
    rules: [file, ...blocks],
    files: createInMemoryFiles(),
    patterns,
    ...(moment === undefined ? {} : { moment }),
  };
  return checkFile(request, signal);
}
