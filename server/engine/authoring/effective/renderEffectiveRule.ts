import { stringify } from 'yaml';
import { createLineMap, type LineMap } from '../../documents/lineMap.ts';
import type { EffectiveRule, Provenance } from '../../rules/inheritance/effectiveRule.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import { effectiveValues } from './effectiveValues.ts';

/**
 * A rule with all that it inherits and includes, as a rule file that says behind each value where it was written.
 * undefined: there is no such rule.
 */
export function renderEffectiveRule(catalog: RuleCatalog, ruleId: string): string | undefined {
  const effective = catalog.effective(ruleId);
  if (effective === undefined) return undefined;
  const from = describePlaces(effective, catalog);
  const values = [...effectiveValues(effective.rule)];
  return [
    '---\n',
    ...describe(effective).map((line) => `# ${line}\n`),
    ...values.map(([key, value]) => renderValue(key, value, from(key))),
    '---\n',
    from('body') === '' ? '' : `<!-- from ${from('body')} -->\n`,
    effective.rule.body.replace(/^\r?\n/, ''),
  ].join('');
}

function describe({ rule, lineage, problems }: EffectiveRule): readonly string[] {
  const state = rule.active ? 'active' : `not active, because ${rule.inactiveReason ?? 'it is switched off'}`;
  return [
    `${rule.name}: ${state}`,
    ...(lineage.length > 1 ? [`inherits: ${lineage.slice(1).join(', then ')}`] : []),
    ...problems.map(({ severity, message }) => `${severity}: ${message}`),
  ].map((line) => line.replaceAll(/\s+/g, ' '));
}

/** A value on one line has its origin behind it, a longer one above it. */
function renderValue(key: string, value: unknown, from: string): string {
  const text = stringify({ [key]: value }, { lineWidth: 0, aliasDuplicateObjects: false });
  if (from === '') return text;
  const isOneLine = text.indexOf('\n') === text.length - 1;
  return isOneLine ? `${text.trimEnd()}  # from ${from}\n` : `# from ${from}\n${text}`;
}

function describePlaces({ provenance }: EffectiveRule, catalog: RuleCatalog): (key: string) => string {
  const maps = new Map<string, LineMap>();
  const lineOf = ({ path, span }: Provenance): number => {
    const lines = maps.get(path) ?? createLineMap(catalog.document(path)?.text ?? '');
    maps.set(path, lines);
    return lines.positionAt(span.start).line + 1;
  };
  return (key) => (provenance.get(key) ?? []).map((place) => `${place.path}:${lineOf(place)}`).join(', ');
}
