import type { Origin, Rule, RuleKind } from '../rule.ts';
import type { TextPiece } from './expandIncludes.ts';
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
  const rootFirst = lineage.toReversed();
  const merged = {
    ...own,
    description: from('description').description,
    globs: globs.globs,
    alwaysApply: from('alwaysApply').alwaysApply,
    on: from('on').on,
    origin: mergeOrigins(rootFirst),
    debounceMs: from('debounce').debounceMs,
    skipTrivial: from('skip').skipTrivial,
    filters: mergeEntries(rootFirst.map((rule) => rule.filters)),
    actions: mergeEntries(rootFirst.map((rule) => rule.actions)),
    priority: priorityWriter(lineage).priority,
    model: from('model').model,
    budget: Object.assign({}, ...rootFirst.map((rule) => rule.budget)),
    approval: from('approval').approval,
    metadata: rootFirst.map((rule) => rule.metadata).reduce(mergeDeep),
    body: textOfPieces(body),
  } satisfies Rule;
  return { ...merged, kind: kindOf(merged) };
}

/** The key itself counts before `priority` in `metadata`, whoever wrote it. */
function priorityWriter(lineage: readonly [Rule, ...(readonly Rule[])]): Rule {
  const written = writerOf(lineage, 'priority');
  return written ?? lineage.find(({ metadata }) => metadata['priority'] !== undefined) ?? lineage[0];
}

function mergeOrigins(rootFirst: readonly Rule[]): readonly Origin[] | undefined {
  const lists = rootFirst.flatMap(({ origin }) => (origin === undefined ? [] : [origin]));
  return lists.length === 0 ? undefined : [...new Set(lists.flat())];
}

/** Cursor's kinds, decided in its order. */
function kindOf({ alwaysApply, globs, description }: Rule): RuleKind {
  if (alwaysApply) return 'always';
  if (globs.length > 0) return 'autoAttached';
  return description === '' ? 'manual' : 'agentRequested';
}
