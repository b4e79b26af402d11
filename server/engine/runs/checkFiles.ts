import type { Finding } from '../../protocol/text.ts';
import type { Edits } from '../ports/edits.ts';
import type { CheckCache } from '../ports/checkCache.ts';
import type { Digest } from '../ports/digest.ts';
import type { ChangedFile } from '../ports/gitChanges.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import type { RuleDocument } from '../rules/rule.ts';
import { ruleFindings } from '../rules/ruleFindings.ts';
import { isRulePath } from '../rules/rulePaths.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import { checkFile, type CheckRequest } from '../triggers/checkFile.ts';
import { findIgnored, notIgnored } from './findIgnored.ts';
import { RememberedChecks, type CheckSources } from './rememberedChecks.ts';

export interface CheckOptions {
  /** These files are about to be committed: rules that fire on `commit` check them too. */
  readonly staged?: boolean;
  /** Files that are as they were, under the same rules, are not looked at again. Only where no buffer hides a file. */
  readonly remembered?: boolean;
}

export interface CheckParts extends CheckOptions, CheckSources, Partial<Pick<CheckRequest, 'ignored'>> {
  readonly edits: Edits;
  readonly checkCache: CheckCache;
  readonly digest: Digest;
  readonly rules: RuleStore;
  readonly root: string;
}

/**
 * Deterministic rules over files as the user sees them, or as they are given, and the problems of the rule files among
 * them. Stops at an abort.
 */
export async function checkFiles(
  parts: CheckParts,
  wanted: readonly (string | ChangedFile)[] | 'all',
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { files, rules, root, remembered = false } = parts;
  // The two go on at once.
  const [listed, memory] = await Promise.all([
    wanted === 'all' ? files.list(root, signal, undefined, 'mayStand') : [],
    remembered ? RememberedChecks.load(parts) : undefined,
  ]);
  const own = wanted === 'all' ? rules.documents().map(({ path }) => path) : [];
  const checked = wanted === 'all' ? [...new Set([...listed, ...own])].sort() : wanted;
  const isListed = wanted === 'all';
  const findings: Finding[] = [];
  for (const each of checked) {
    if (signal.aborted) break;
    const file: ChangedFile = typeof each === 'string' ? { path: each } : each;
    const document = rules.saved.document(file.path);
    if (document) findings.push(...findRuleProblems(parts, document, file));
    // What changed in a file is not told by how it is.
    const isOfDisk = file.text === undefined && file.before === undefined;
    const known = isOfDisk ? memory?.recall(file.path) : undefined;
    if (known !== undefined) {
      findings.push(...known);
      continue;
    }
    const find = (sources: CheckSources): Promise<readonly Finding[]> =>
      checkText({ ...parts, ...sources, ...(isListed ? { ignored: notIgnored } : {}) }, file, signal);
    findings.push(...(await (memory && isOfDisk ? memory.find(file.path, parts, find) : find(parts))));
  }
  if (wanted === 'all' && !signal.aborted) await memory?.save();
  return findings;
}

/** What other files mean for it is known of the text in the folder alone. */
function findRuleProblems(
  { rules }: CheckParts,
  document: RuleDocument,
  { path, text = document.text }: ChangedFile,
): readonly Finding[] {
  if (text === document.text) return ruleFindings(document, rules.saved.problems(path));
  return ruleFindings(parseRuleDocument(path, text));
}

/** What the deterministic rules find in one file. */
export async function checkText(
  { files, edits, patterns, git, rules, root, ignored, staged = false }: CheckParts,
  { path, text: given, before }: ChangedFile,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const all = rules.rulesFor(path);
  // Rules about every file would find their own patterns in rule files; those with globs name rule files on purpose.
  const concerned = isRulePath(path) ? all.filter(({ globs }) => globs.length > 0) : all;
  if (concerned.length === 0) return [];
  const text = given ?? (await edits.current(root, path, signal));
  if (text === undefined) return [];
  const earlier = before === undefined ? {} : { before };
  const moment = staged ? ({ moment: 'commit' } as const) : {};
  const isIgnored = ignored ?? (await findIgnored({ files, root }, path, signal));
  return checkFile(
    {
      ...{ root, path, text, ...earlier, rules: concerned, files, patterns, git, ...moment },
      ignored: isIgnored,
    },
    signal,
  );
}
