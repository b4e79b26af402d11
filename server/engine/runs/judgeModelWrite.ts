import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { Rule } from '../rules/rule.ts';
import { checkFile } from '../triggers/checkFile.ts';
import { notIgnored } from './findIgnored.ts';
import type { RunScope } from './runScope.ts';

export interface WriteJudgement {
  /** Why the edit goes back to the model. */
  readonly refusals: readonly { readonly path: string; readonly reason: string }[];
  /** What a person is told beside the proposal, as sentences. */
  readonly warnings: readonly string[];
  /** How many rules looked, by path; a file at which none looked is not in it. */
  readonly looked: ReadonlyMap<string, number>;
}

type JudgeScope = Pick<RunScope, 'deps' | 'root' | 'rules' | 'signal'>;

/**
 * The event `model-write` for rules that only check, before anything is tested: what a `reject` finds that was not there
 * before refuses the edit, whenever else the rule checks; other findings of rules that fire on `model-write` go with the
 * proposal.
 */
export async function judgeModelWrite(
  scope: JudgeScope,
  files: readonly ProposedFile[],
): Promise<WriteJudgement> {
  const refusals: { path: string; reason: string }[] = [];
  const warnings: string[] = [];
  const looked = new Map<string, number>();
  for (const { path, before, after } of files) {
    const rules = scope.rules.rulesFor(path).filter(judges);
    if (after === undefined || rules.length === 0) continue;
    looked.set(path, rules.length);
    const listening = new Set(rules.filter(isListening).map(({ name }) => name));
    for (const finding of await findAdded(scope, { path, rules, before, after })) {
      const place = `line ${finding.range.start.line + 1}`;
      if (finding.code === 'check.reject')
        refusals.push({ path, reason: `the rule “${finding.rule}” refuses ${place}: ${finding.message}` });
      else if (listening.has(finding.rule ?? ''))
        warnings.push(`The rule “${finding.rule}” finds on ${place} of ${path}: ${finding.message}`);
    }
  }
  return { refusals, warnings, looked };
}

function judges(rule: Rule): boolean {
  return isListening(rule) || rule.actions.some(({ type }) => type === 'reject');
}

function isListening({ on }: Rule): boolean {
  return on.some(({ value }) => value === 'model-write');
}

interface WrittenFile {
  readonly path: string;
  readonly rules: readonly Rule[];
  readonly before: string | undefined;
  readonly after: string;
}

/** Findings of the text that was written which the text before did not have; where they stand does not count. */
async function findAdded(
  { deps, root, signal }: JudgeScope,
  { path, rules, before, after }: WrittenFile,
): Promise<readonly Finding[]> {
  const { files, patterns, git } = deps;
  const check = (text: string, earlier: string): Promise<readonly Finding[]> =>
    checkFile(
      {
        ...{ root, path, text, before: earlier, rules, files, patterns, git, moment: 'model-write' },
        // What a model writes is judged wherever it lies.
        ignored: notIgnored,
      },
      signal,
    );
  const found = await check(after, before ?? '');
  if (before === undefined || found.length === 0) return found;
  const known = new Map<string, number>();
  for (const finding of await check(before, before)) {
    const key = keyOf(finding, before);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return found.filter((finding) => {
    const key = keyOf(finding, after);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf({ rule, code, message, range }: Finding, text: string): string {
  const lines = createLineMap(text);
  const found = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
  return JSON.stringify([rule, code, message, found]);
}
