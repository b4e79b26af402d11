import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import { dropBlocks } from './dropBlocks.ts';
import type { EffectiveRule } from './effectiveRule.ts';
import type { ExpandedText, TextPiece } from './expandIncludes.ts';
import { findFault, settleEffective } from './inactiveReasons.ts';
import type { FileLinks } from './linkParents.ts';
import { collectBlocks, mergeBlockRule, type InheritedBlock } from './mergeBlocks.ts';
import { mergeBodies } from './mergeBodies.ts';
import { mergeFileRule } from './mergeFileRule.ts';
import { mergeGlobs } from './mergeGlobs.ts';
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
  const documents = documentsOf(ids, world);
  const lineage = lineageRules(document, documents);
  const globs = mergeGlobs(document.path, {
    lineageOf: (id) =>
      id === document.path ? lineage : documentsOf(world.lineageOf(id).ids, world).map(({ file }) => file),
    parentsOf: (id) => world.lineageOf(id).parents,
  });
  const collected = collectBlocks(document.file, documents);
  const body = mergeBodies(bodiesOf(documents, collected, world).toReversed());
  const merged = mergeFileRule({ lineage, globs, body });
  const parentProblems = join(world.links(document.path).problems, lineageProblems);
  const ownProblems = join(parentProblems, world.expanded(document.path).problems);
  const problems = join(ownProblems, findInheritedAlways(document, merged, world));
  const standing = { lineage, faultOf: (id: string) => findReferenceFault(id, world) };
  const file = settleEffective({ ...standing, rule: merged, problems });
  const asked = ids.flatMap((id) => [world.links(id).asked, world.expanded(id).asked]);
  const origin: Origin = { lineage, globs, body, rule: file, asked };
  return {
    file: new DerivedRule(file, { ids, problems, origin, block: undefined }),
    blocks: collected.map((inherited) => {
      const hasPriority = writerOf(lineage, 'priority') !== undefined;
      const rule = mergeBlockRule({ inherited, file, hasPriority });
      const settled = settleEffective({ ...standing, rule, problems: parentProblems });
      return new DerivedRule(settled, { ids, problems: none, origin, block: inherited.block });
    }),
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

function lineageRules({ file }: RuleDocument, documents: readonly RuleDocument[]): Origin['lineage'] {
  return [file, ...documents.slice(1).map((each) => each.file)];
}

/** The bodies of a lineage without the blocks that nearer ones replace. */
function bodiesOf(
  documents: readonly RuleDocument[],
  collected: readonly InheritedBlock[],
  world: EffectiveWorld,
): readonly (readonly TextPiece[])[] {
  const blockCount = documents.reduce((sum, { blocks }) => sum + blocks.length, 0);
  if (blockCount === collected.length) return documents.map(({ path }) => world.expanded(path).pieces);
  const kept = new Set(collected.map(({ block }) => block));
  return documents.map(({ path, blocks }) => {
    const replaced = blocks.filter((block) => !kept.has(block)).map(({ span }) => span);
    return dropBlocks(world.expanded(path).pieces, path, replaced);
  });
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
  readonly asked: readonly Iterable<string>[];
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

function collectPaths(ids: readonly string[], asked: readonly Iterable<string>[]): ReadonlySet<string> {
  const paths = new Set(ids);
  for (const keys of asked) for (const key of keys) if (!key.startsWith('name:')) paths.add(key);
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
