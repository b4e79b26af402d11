import { createLineMap } from '../../documents/lineMap.ts';
import type { Provenance } from '../../rules/inheritance/effectiveRule.ts';
import type { Rule } from '../../rules/rule.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { explainKind } from '../ruleKinds.ts';
import { explainMatches } from './explainMatches.ts';
import { code, plain } from './markdown.ts';

/** A rule as a whole: its kind, what it matches now, what it inherits and from where, and why it is not active. */
export function explainRule(file: AuthoringFile, rule: Rule): string {
  const effective = file.catalog.effective(rule.id);
  const whole = effective?.rule ?? rule;
  const globs = whole.globs.map(({ value }) => value);
  const lines = [
    `**${plain(rule.name)}**${rule.description === '' ? '' : ` – ${plain(rule.description)}`}`,
    explainKind(whole),
    ...(globs.length === 0 ? [] : [explainMatches(file.workspace, globs, whole.scope)]),
    ...(whole.active ? [] : [`Not active, because ${plain(whole.inactiveReason ?? 'it is switched off')}.`]),
  ];
  const parents = (effective?.lineage ?? []).slice(1);
  if (parents.length > 0) lines.push(`Inherits from ${parents.map((id) => code(id)).join(', then ')}.`);
  return [...lines, ...inheritedLines(file, rule)].join('\n\n');
}

/** `globs ← base.mdc:4`, for each value that another file gave. */
function inheritedLines(file: AuthoringFile, rule: Rule): readonly string[] {
  const provenance = file.catalog.effective(rule.id)?.provenance ?? new Map<string, readonly Provenance[]>();
  const rows = [...provenance].flatMap(([key, places]) => {
    const others = places.filter(({ path }) => path !== rule.path);
    return others.length === 0
      ? []
      : [`- ${code(key)} ← ${others.map((place) => renderPlace(file, place)).join(', ')}`];
  });
  return rows.length === 0 ? [] : [rows.join('\n')];
}

/** Where the effective value of a key came from, if from another file too. */
export function explainSource(file: AuthoringFile, rule: Rule, key: string): string | undefined {
  const places = file.catalog.effective(rule.id)?.provenance.get(key) ?? [];
  if (!places.some(({ path }) => path !== rule.path)) return undefined;
  return `Effective: ${places.map((place) => renderPlace(file, place)).join(', ')}.`;
}

function renderPlace({ catalog }: AuthoringFile, { path, span }: Provenance): string {
  const text = catalog.document(path)?.text;
  const line = text === undefined ? '' : `:${createLineMap(text).positionAt(span.start).line + 1}`;
  return code(`${path.slice(path.lastIndexOf('/') + 1)}${line}`);
}
