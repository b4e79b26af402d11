import { join } from 'node:path';
import type { CandidateReport } from '../../server/protocol/candidates.ts';
import { createCase, type CaseTools } from './createCase.ts';
import type { LineCount } from './countLcov.ts';
import { bundlesFolder } from './prepareCases.ts';
import { killByHand, runByHand, runPublishedTests, type HandRun, type MutantCount } from './proveByHand.ts';
import { ruleRecordings, type RuleCase } from './ruleCase.ts';
import { runCase } from './runCase.ts';

/** What the product says of a run, and what the package's own tools say of the same files before and after it. */
export interface CaseProof {
  readonly rule: RuleCase;
  readonly outcome: string;
  readonly message: string;
  readonly candidates: CandidateReport | null;
  readonly before: HandRun;
  readonly after: HandRun;
  readonly mutants: Readonly<Record<'before' | 'after', MutantCount>> | undefined;
  /** The published tests, put back; undefined: the case names none. */
  readonly published: HandRun | undefined;
}

/** Runs the rule of a case with the recorded answers, lands what it proposes, and tries the result by hand. */
export async function proveCase(
  rule: RuleCase,
  { folder, ...tools }: CaseTools & { readonly folder: string },
  signal: AbortSignal,
): Promise<CaseProof> {
  const own = join(folder, rule.name);
  const root = createCase(tools, rule, own);
  const hasMutants = (rule.proof?.mutants ?? []).length > 0;
  const before = runByHand(rule, root);
  const killed = hasMutants ? killByHand(rule, root, before) : undefined;
  const place = { bundles: bundlesFolder(tools.root), storage: join(own, 'storage') };
  const options = ['--replay', ruleRecordings(tools.root, rule), '--apply'];
  const { outcome, message, candidates } = await runCase(rule, root, { ...place, options }, signal);
  const after = runByHand(rule, root);
  return {
    rule,
    outcome,
    message,
    candidates,
    before,
    after,
    mutants: killed && { before: killed, after: killByHand(rule, root, after) },
    published: rule.proof?.tests ? runPublishedTests(tools.root, rule, root) : undefined,
  };
}

/** Why a proof does not hold, a sentence each. */
export function judgeProof({ rule, outcome, message, candidates, ...hand }: CaseProof): readonly string[] {
  const { before, after, mutants, published } = hand;
  const faults: string[] = [];
  if (outcome !== 'landed') faults.push(`Nothing landed: ${message}`);
  if (!after.isGreen) faults.push('By hand, the tests are red afterwards.');
  if (rule.rule === 'fix-failing-tests' && before.isGreen) faults.push('By hand, nothing was red before.');
  if (published?.isGreen === false) faults.push('The published tests are red afterwards.');
  if (mutants && mutants.after.killed <= mutants.before.killed)
    faults.push(
      `By hand, the tests notice ${mutants.after.killed} mutants, and before ${mutants.before.killed}.`,
    );
  const told = candidates?.coverage;
  if (told && after.lines && !isSame(after.lines, { covered: told.after, all: told.lines }))
    faults.push(
      `The product tells of ${told.after} of ${told.lines} lines, the tools of ${after.lines.covered} of ${after.lines.all}.`,
    );
  return faults;
}

function isSame(one: LineCount, other: LineCount): boolean {
  return one.covered === other.covered && one.all === other.all;
}
