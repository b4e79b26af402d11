import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killedShare } from '../../server/protocol/mutants.ts';
import type { CaseProof } from './proveCase.ts';

const begin = '<!-- figures -->';
const end = '<!-- end of figures -->';

/** Keeps the figures in docs/proof.md, in the place of those that stand there. */
export function writeProofs(root: string, proofs: readonly CaseProof[]): void {
  const page = join(root, 'docs', 'proof.md');
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/proof.md has no place for figures: ${begin} … ${end}`);
  writeFileSync(page, `${text.slice(0, from)}${begin}\n\n${renderProofs(proofs)}\n${text.slice(to)}`);
}

/** Two tables in Markdown: code that was mended or rewritten, and tests that were written. */
export function renderProofs(proofs: readonly CaseProof[]): string {
  const ofTests = proofs.filter(({ mutants }) => mutants !== undefined);
  const ofCode = proofs.filter(({ published }) => published !== undefined);
  return [
    '| code changed by | package | tests before, by hand | tests after, by hand | published tests, put back |',
    '|---|---|---|---|---|',
    ...ofCode.map(renderCode),
    '',
    '| tests written by | package | kept | lines, as told | lines, by hand | mutants, as told | mutants, by hand |',
    '|---|---|---|---|---|---|---|',
    ...ofTests.map(renderTests),
    '',
  ].join('\n');
}

function renderCode({ rule, before, after, published }: CaseProof): string {
  return row([
    `\`${rule.rule}\``,
    rule.package,
    colour(before.isGreen),
    colour(after.isGreen),
    colour(published?.isGreen),
  ]);
}

function renderTests({ rule, before, after, candidates, mutants }: CaseProof): string {
  const told = candidates?.coverage;
  const scores = candidates?.mutation;
  const share = (of: 'before' | 'after'): string => {
    const part = scores && killedShare(scores[of]);
    return part === undefined ? '–' : `${Math.round(part * 100)} %`;
  };
  return row([
    `\`${rule.rule}\``,
    rule.package,
    candidates ? `${candidates.kept.length} of ${candidates.candidates}` : '–',
    told ? `${told.before} → ${told.after} of ${told.lines}` : '–',
    after.lines ? `${before.lines?.covered ?? 0} → ${after.lines.covered} of ${after.lines.all}` : '–',
    scores ? `${share('before')} → ${share('after')}` : '–',
    mutants ? `${mutants.before.killed} → ${mutants.after.killed} of ${mutants.after.all}` : '–',
  ]);
}

function colour(isGreen: boolean | undefined): string {
  return isGreen === undefined ? '–' : isGreen ? 'green' : 'red';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
