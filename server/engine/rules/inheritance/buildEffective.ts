import type { Rule, RuleDocument } from '../rule.ts';
import type { Foundation } from './foundation.ts';
import { DerivedRule, type Origin } from './derivedRule.ts';
import { dropBlocks } from './dropBlocks.ts';
import type { EffectiveRule } from './effectiveRule.ts';
import { globWorld, type EffectiveWorld } from './effectiveWorld.ts';
import type { TextPiece } from './textPiece.ts';
import { findInheritedAlways } from './findInheritedAlways.ts';
import { settleEffective } from './inactiveReasons.ts';
import { collectBlocks, mergeBlockRule, type InheritedBlock } from './mergeBlocks.ts';
import { mergeBodies } from './mergeBodies.ts';
import { mergeFileRule } from './mergeFileRule.ts';
import { mergeGlobs } from './mergeGlobs.ts';
import { placeOf, writerOf } from './writtenKeys.ts';

/** The rules of one file with all that they inherit. */
export interface EffectiveFile {
  readonly file: EffectiveRule;
  /** Its own, then those that come along with parents. */
  readonly blocks: readonly EffectiveRule[];
}

/** Whether a file inherits, includes and takes away nothing: then it is effective as it was written. */
export function isPlain({ file, blocks }: RuleDocument): boolean {
  if (file.extends.length > 0 || file.body.includes('@include')) return false;
  return !takesAway(file) && !blocks.some(takesAway);
}

function takesAway({ filters, actions }: Rule): boolean {
  return filters.some(({ remove }) => remove) || actions.some(({ remove }) => remove);
}

/** The rules of a plain file. */
export function plainEffective({ text, file, blocks }: RuleDocument): EffectiveFile {
  const end = text.length;
  const origin: Origin = {
    lineage: [file],
    globs: { globs: file.globs, places: file.written.has('globs') ? [placeOf(file, 'globs')] : [] },
    body: [{ text: file.body, path: file.path, span: { start: end - file.body.length, end } }],
    rule: file,
    asked: [],
  };
  const ids = [file.id];
  return {
    file: new DerivedRule(file, { ids, problems: none, origin, block: undefined }),
    blocks: blocks.map((block) => new DerivedRule(block, { ids, problems: none, origin, block })),
  };
}

/** Works out the rules of one file. */
export function buildEffective(document: RuleDocument, world: EffectiveWorld): EffectiveFile {
  const { ids, problems: lineageProblems } = world.lineageOf(document.path);
  const own = document.file;
  const foundation = world.foundationOf(document.path);
  const lineage = [own, ...(foundation?.rules ?? none)] as const;
  const globs =
    foundation === undefined || own.written.has('globs')
      ? mergeGlobs(document.path, globWorld(world))
      : foundation.globs;
  const collected = collectBlocks(own, [document, ...(foundation?.documents ?? none)]);
  const body = mergeBodies(bodiesOf(document, foundation, collected, world));
  const together = foundation === undefined ? ([own] as const) : ([own, foundation.rule] as const);
  const merged = mergeFileRule({ lineage: together, globs, body });
  const parentProblems = join(world.links(document.path).problems, lineageProblems);
  const ownProblems = join(parentProblems, world.expanded(document.path).problems);
  const problems = join(ownProblems, findInheritedAlways(document, merged, world));
  const file = settleEffective({ rule: merged, foundation, problems });
  const asked = ids.map((id) => [world.links(id).asked, world.expanded(id).asked] as const);
  const origin: Origin = { lineage, globs, body, rule: file, asked };
  return {
    file: new DerivedRule(file, { ids, problems, origin, block: undefined }),
    blocks: collected.map((inherited) => {
      const hasPriority = writerOf(together, 'priority') !== undefined;
      const rule = mergeBlockRule({ inherited, file, hasPriority });
      const settled = settleEffective({ rule, foundation, problems: parentProblems });
      return new DerivedRule(settled, { ids, problems: none, origin, block: inherited.block });
    }),
  };
}

const none: readonly never[] = [];

function join<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  if (right.length === 0) return left;
  return left.length === 0 ? right : [...left, ...right];
}

/** The bodies of a lineage, root first, without the blocks that nearer ones replace. */
function bodiesOf(
  document: RuleDocument,
  foundation: Foundation | undefined,
  collected: readonly InheritedBlock[],
  world: EffectiveWorld,
): readonly (readonly TextPiece[])[] {
  const own = world.expanded(document.path).pieces;
  if (foundation === undefined) return [own];
  const count = foundation.documents.reduce((sum, { blocks }) => sum + blocks.length, document.blocks.length);
  if (count === collected.length) return [foundation.body, own];
  const kept = new Set(collected.map(({ block }) => block));
  const above = foundation.documents.map(({ path, blocks }) => {
    const replaced = blocks.filter((block) => !kept.has(block)).map(({ span }) => span);
    return dropBlocks(world.expanded(path).pieces, path, replaced);
  });
  return [...above.toReversed(), own];
}
