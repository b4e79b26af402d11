import { createLineMap } from '../../engine/documents/lineMap.ts';
import type { EffectiveRule, Provenance } from '../../engine/rules/inheritance/effectiveRule.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import type { Rule } from '../../engine/rules/rule.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RuleShowInvocation, type UsageError } from '../invocation.ts';
import { plainBlock, plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { findRule } from './findRule.ts';

/** `clctl rule show --effective`: a rule with all that it inherits and includes, and where each value comes from. */
export async function showEffectiveRule(
  { rule: wanted, json }: RuleShowInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const summary = findRule(context, wanted);
  if ('problem' in summary) return usageError('ctl rule', summary.problem);
  const catalog = engine.ruleCatalog(root, 'saved');
  const effective = catalog?.effective(summary.ruleId);
  if (catalog === undefined || effective === undefined)
    return usageError('ctl rule', `Rule ${wanted} has no file that can be shown.`);
  const places = placesOf(catalog);
  output.stdout(
    json ? renderJson(toEffectiveDocument(effective, places)) : renderEffective(effective, places, context),
  );
  return exitCodes.good;
}

/** The line of a place, from 1. */
type LineOf = (place: Provenance) => number;

function placesOf(catalog: RuleCatalog): LineOf {
  const maps = new Map<string, ReturnType<typeof createLineMap>>();
  return ({ path, span }) => {
    const lines = maps.get(path) ?? createLineMap(catalog.document(path)?.text ?? '');
    maps.set(path, lines);
    return lines.positionAt(span.start).line + 1;
  };
}

/** The values of a rule under the names of their keys, as far as they say something. */
function valuesOf(rule: Rule): Readonly<Record<string, unknown>> {
  return {
    description: rule.description,
    globs: rule.globs.map(({ value }) => value),
    alwaysApply: rule.alwaysApply,
    on: rule.on.map(({ value }) => value),
    origin: rule.origin ?? null,
    debounce: rule.debounceMs,
    skip: rule.skipTrivial ? 'trivial' : null,
    filters: rule.filters.map(({ id, type, pattern, negate }) => ({ id: id ?? null, type, pattern, negate })),
    actions: rule.actions.map(({ id, type, message, target }) => ({
      id: id ?? null,
      type,
      message,
      target: target ?? null,
    })),
    priority: rule.priority,
    model: rule.model ?? null,
    budget: rule.budget,
    approval: rule.approval ?? null,
    version: rule.version ?? null,
    metadata: rule.metadata,
  };
}

function toEffectiveDocument(effective: EffectiveRule, lineOf: LineOf): unknown {
  const { rule, lineage, provenance, problems } = effective;
  return {
    id: rule.id,
    name: rule.name,
    kind: rule.kind,
    path: rule.path,
    active: rule.active,
    inactiveReason: rule.inactiveReason ?? null,
    abstract: rule.abstract,
    lineage,
    values: { ...valuesOf(rule), body: rule.body },
    provenance: Object.fromEntries(
      [...provenance].map(([key, places]) => [
        key,
        places.map((place) => ({ rule: place.ruleId, path: place.path, line: lineOf(place) })),
      ]),
    ),
    problems: problems.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}

function renderEffective(
  { rule, lineage, provenance, problems }: EffectiveRule,
  lineOf: LineOf,
  context: CommandContext,
): string {
  const paint = context.paints.stdout;
  const showPath = pathShower(context);
  const from = (key: string): string => {
    const places = (provenance.get(key) ?? []).map((place) => `${showPath(place.path)}:${lineOf(place)}`);
    return places.length === 0 ? '' : paint.dim(`  ← ${plainLine(places.join(', '))}`);
  };
  const rows = Object.entries(valuesOf(rule))
    .filter(([key, value]) => provenance.has(key) || isTelling(value))
    .map(([key, value]) => `  ${paint.dim(key.padEnd(12))}${plainLine(showValue(value))}${from(key)}\n`);
  const state = rule.active ? 'active' : `not active: ${rule.inactiveReason ?? ''}`;
  return [
    `${paint.bold(plainLine(rule.name))} ${paint.dim(plainLine(showPath(rule.path)))}\n`,
    `  ${paint.dim('kind'.padEnd(12))}${rule.kind}, ${plainLine(state)}\n`,
    `  ${paint.dim('lineage'.padEnd(12))}${plainLine(lineage.join(' → '))}\n`,
    ...rows,
    ...problems.map(
      ({ severity, code, message }) => `  ${severity} ${plainLine(message)}  ${paint.dim(code)}\n`,
    ),
    `  ${paint.dim('body'.padEnd(12))}${from('body').trimStart()}\n\n`,
    plainBlock(rule.body, '    '),
  ].join('');
}

/** Defaults are not shown: nobody wrote them. */
function isTelling(value: unknown): boolean {
  if (value === null || value === '' || value === false || value === 0) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : typeof value !== 'number';
}

function showValue(value: unknown): string {
  if (typeof value === 'string') return value;
  const isWords = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isWords ? value.join(', ') : JSON.stringify(value);
}
