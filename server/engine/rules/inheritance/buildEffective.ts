import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import { dropBlocks } from './dropBlocks.ts';
import type { EffectiveRule } from './effectiveRule.ts';
import type { ExpandedText, TextPiece } from './expandIncludes.ts';
import { findFault, findParentFault, settleEffective } from './inactiveReasons.ts';
import type { FileLinks } from './linkParents.ts';
import { collectBlocks, mergeBlockRule, type InheritedBlock } from './mergeBlocks.ts';
import { mergeBodies } from './mergeBodies.ts';
import { mergeFileRule } from './mergeFileRule.ts';
import { mergeGlobs, type GlobWorld, type InheritedGlobs } from './mergeGlobs.ts';
import { traceBlock, traceFile, type TraceSource } from './traceProvenance.ts';
import type { Lineage } from './resolveLineage.ts';
import { placeOf, writerOf } from './writtenKeys.ts';

/** The rules of one file with all that they inherit. */
export interface EffectiveFile {
  readonly file: EffectiveRule;
  /** Its own, then those that come along with parents. */
  readonly blocks: readonly EffectiveRule[];
}

export interface EffectiveWorld {
  document(path: string): RuleDocument | undefined;
  links(path: string): FileLinks;
  lineageOf(path: string): Lineage;
  /** What the parents of a file come to; undefined when it has none. */
  foundationOf(path: string): Foundation | undefined;
  /** The body of a file with its includes. */
  expanded(path: string): ExpandedText;
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

/** What the parents of a rule come to together, for all that have the same parents. */
export interface Foundation {
  /** Nearest first. */
  readonly documents: readonly RuleDocument[];
  readonly rules: readonly Rule[];
  /** All of them as one rule, which wrote what any of them wrote. */
  readonly rule: Rule;
  readonly globs: InheritedGlobs;
  readonly body: readonly TextPiece[];
  /** Why nothing that inherits from them is active. */
  readonly fault: string | undefined;
  /** Why nothing that inherits from them may act. */
  readonly referenceFault: string | undefined;
}

/** Works out what a lineage comes to, nearest first; undefined when there is nobody in it. */
export function buildFoundation(ids: readonly string[], world: EffectiveWorld): Foundation | undefined {
  const documents = documentsOf(ids, world);
  const [nearest, ...above] = documents;
  if (nearest === undefined) return undefined;
  const rules = [nearest.file, ...above.map(({ file }) => file)] as const;
  const writer = writerOf(rules, 'globs');
  const globs =
    writer === undefined ? { globs: none, places: none } : mergeGlobs(writer.id, globWorld(world));
  const body = mergeBodies(documents.map(({ path }) => world.expanded(path).pieces).toReversed());
  const written = new Map(rules.toReversed().flatMap((rule) => [...rule.written]));
  return {
    ...{ documents, rules, globs, body },
    rule: { ...mergeFileRule({ lineage: rules, globs, body }), written },
    fault: findParentFault(rules, ({ fault }) => fault),
    referenceFault: findParentFault(rules, ({ id }) => findReferenceFault(id, world)),
  };
}

function globWorld(world: EffectiveWorld): GlobWorld {
  return {
    lineageOf: (id) => documentsOf(world.lineageOf(id).ids, world).map(({ file }) => file),
    parentsOf: (id) => world.lineageOf(id).parents,
  };
}

const none: readonly never[] = [];

function join<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  if (right.length === 0) return left;
  return left.length === 0 ? right : [...left, ...right];
}

function documentsOf(ids: readonly string[], world: EffectiveWorld): readonly RuleDocument[] {
  const documents: RuleDocument[] = [];
  for (const id of ids) {
    const document = world.document(id);
    if (document !== undefined) documents.push(document);
  }
  return documents;
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

/** What bars all that inherit from a rule: a reference of its own that could not be resolved. */
function findReferenceFault(id: string, world: EffectiveWorld): string | undefined {
  return (
    findFault(world.links(id).problems) ??
    findFault(world.lineageOf(id).problems) ??
    findFault(world.expanded(id).problems)
  );
}

/** What the rules of a file were made of. */
interface Origin extends TraceSource {
  /** Keys that each rule of the lineage asked for. */
  readonly asked: readonly (readonly [links: Iterable<string>, includes: Iterable<string>])[];
}

interface Derivation {
  readonly ids: readonly string[];
  readonly problems: readonly RuleProblem[];
  readonly origin: Origin;
  /** As it was written, for the rule of a block. */
  readonly block: Rule | undefined;
}

/** Provenance and dependencies are looked at by people, so they are worked out when somebody asks, and once. */
class DerivedRule implements EffectiveRule {
  readonly rule: Rule;
  readonly #derivation: Derivation;
  #provenance: EffectiveRule['provenance'] | undefined;
  #dependencies: ReadonlySet<string> | undefined;

  constructor(rule: Rule, derivation: Derivation) {
    this.rule = rule;
    this.#derivation = derivation;
  }

  get lineage(): readonly string[] {
    return this.#derivation.ids;
  }

  get problems(): readonly RuleProblem[] {
    return this.#derivation.problems;
  }

  get provenance(): EffectiveRule['provenance'] {
    const { origin, block } = this.#derivation;
    this.#provenance ??= block === undefined ? traceFile(origin) : traceBlock(block, traceFile(origin));
    return this.#provenance;
  }

  get dependencies(): ReadonlySet<string> {
    const { ids, origin } = this.#derivation;
    this.#dependencies ??= collectPaths(ids, origin.asked);
    return this.#dependencies;
  }
}

function collectPaths(ids: readonly string[], asked: Origin['asked']): ReadonlySet<string> {
  const paths = new Set(ids);
  for (const keys of asked.flat()) for (const key of keys) if (!key.startsWith('name:')) paths.add(key);
  return paths;
}

/** `rule.inherited-always`: nothing in the file itself says that its text is in every prompt. */
function findInheritedAlways(
  { file }: RuleDocument,
  merged: Rule,
  world: EffectiveWorld,
): readonly RuleProblem[] {
  if (!merged.alwaysApply || file.written.has('alwaysApply')) return none;
  const links = world.links(file.path).parents;
  const isAlways = (id: string): boolean =>
    writerOf(
      documentsOf(world.lineageOf(id).ids, world).map((document) => document.file),
      'alwaysApply',
    )?.alwaysApply === true;
  const link = links.find(({ id }) => isAlways(id)) ?? links[0];
  if (link === undefined) return none;
  const name = world.document(link.id)?.file.name ?? link.id;
  const message = `This rule is in every prompt, because it inherits \`alwaysApply: true\` from “${name}”. Write the key here too if that is meant, or \`alwaysApply: false\`.`;
  return [{ code: 'rule.inherited-always', severity: 'hint', message, span: link.span }];
}
