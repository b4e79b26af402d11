import type { Finding } from '../../protocol/text.ts';
import type { Edits } from '../ports/edits.ts';
import type { Files } from '../ports/files.ts';
import type { Patterns } from '../ports/patterns.ts';
import { ruleFindings } from '../rules/ruleFindings.ts';
import { isRulePath } from '../rules/rulePaths.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import { checkFile } from '../triggers/checkFile.ts';

export interface CheckParts {
  readonly files: Files;
  readonly edits: Edits;
  readonly patterns: Patterns;
  readonly rules: RuleStore;
  readonly root: string;
}

/** Deterministic rules over files as the user sees them, and the problems of the rule files among them. Stops at an abort. */
export async function checkFiles(
  parts: CheckParts,
  paths: readonly string[] | 'all',
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { files, rules, root } = parts;
  const documents = new Map(rules.documents().map((document) => [document.path, document]));
  const checked =
    paths === 'all' ? [...new Set([...(await files.list(root, signal)), ...documents.keys()])].sort() : paths;
  const findings: Finding[] = [];
  for (const path of checked) {
    if (signal.aborted) break;
    const document = documents.get(path);
    if (document) findings.push(...ruleFindings(document, rules.saved.problems(path)));
    findings.push(...(await checkOne(parts, path, signal)));
  }
  return findings;
}

async function checkOne(
  { files, edits, patterns, rules, root }: CheckParts,
  path: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const all = rules.rulesFor(path);
  // Rules about every file would find their own patterns in rule files; those with globs name rule files on purpose.
  const concerned = isRulePath(path) ? all.filter(({ globs }) => globs.length > 0) : all;
  if (concerned.length === 0) return [];
  const text = await edits.current(root, path, signal);
  return text === undefined ? [] : checkFile({ root, path, text, rules: concerned, files, patterns }, signal);
}
