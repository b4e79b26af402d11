import type { BudgetWish, Origin, Rule, RuleKind } from '../rule.ts';
import type { TextPiece } from './textPiece.ts';
import type { InheritedGlobs } from './mergeGlobs.ts';
import { textOfPieces } from './mergeBodies.ts';
import { mergeDeep } from './mergeDeep.ts';
import { mergeEntries } from './mergeEntries.ts';
import { writerOf } from './writtenKeys.ts';

export interface FileRuleParts {
  /** The rule itself first. */
  readonly lineage: readonly [Rule, ...(readonly Rule[])];
  readonly globs: InheritedGlobs;
  readonly body: readonly TextPiece[];
}

/** The file rule with all that it inherits; whether it is active is not decided here. */
export function mergeFileRule({ lineage, globs, body }: FileRuleParts): Rule {
  const [own] = lineage;
  const from = (key: string): Rule => writerOf(lineage, key) ?? own;
  const { description } = from('description');
  const { alwaysApply } = from('alwaysApply');
  return {
    ...own,
    description,
    kind: kindOf(alwaysApply, globs, description),
    globs: globs.globs,
    alwaysApply,
    on: from('on').on,
    origin: mergeOrigins(lineage),
    debounceMs: from('debounce').debounceMs,
    skipTrivial: from('skip').skipTrivial,
    filters: mergeEntries(rootFirst(lineage, ({ filters }) => filters)),
    actions: mergeEntries(rootFirst(lineage, ({ actions }) => actions)),
    priority: priorityWriter(lineage).priority,
    model: from('model').model,
    budget: rootFirst(lineage, ({ budget }) => budget).reduce(mergeFlat),
    approval: from('approval').approval,
    metadata: rootFirst(lineage, ({ metadata }) => metadata).reduce(mergeDeep),
    body: textOfPieces(body),
  };
}

function rootFirst<Value>(lineage: readonly Rule[], valueOf: (rule: Rule) => Value): Value[] {
  const values: Value[] = [];
  for (let index = lineage.length - 1; index >= 0; index -= 1) {
    const rule = lineage[index];
    if (rule !== undefined) values.push(valueOf(rule));
  }
  return values;
}

function mergeFlat(below: BudgetWish, over: BudgetWish): BudgetWish {
  return over === below || Object.keys(over).length === 0 ? below : { ...below, ...over };
}

/** The key itself counts before `priority` in `metadata`, whoever wrote it. */
function priorityWriter(lineage: readonly [Rule, ...(readonly Rule[])]): Rule {
  const written = writerOf(lineage, 'priority');
  return written ?? lineage.find(({ metadata }) => metadata['priority'] !== undefined) ?? lineage[0];
}

function mergeOrigins(lineage: readonly Rule[]): readonly Origin[] | undefined {
  if (lineage.every(({ origin }) => origin === undefined)) return undefined;
  return [...new Set(rootFirst(lineage, ({ origin }) => origin ?? []).flat())];
}

/** Cursor's kinds, decided in its order. */
function kindOf(alwaysApply: boolean, { globs }: InheritedGlobs, description: string): RuleKind {
  if (alwaysApply) return 'always';
  if (globs.length > 0) return 'autoAttached';
  return description === '' ? 'manual' : 'agentRequested';
}
