import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import { dropBlocks } from './dropBlocks.ts';
import type { EffectiveRule } from './effectiveRule.ts';
import type { ExpandedText } from './expandIncludes.ts';
import { settleEffective } from './inactiveReasons.ts';
import type { FileLinks } from './linkParents.ts';
import { collectBlocks, mergeBlockRule, type InheritedBlock } from './mergeBlocks.ts';
import { mergeBodies } from './mergeBodies.ts';
import { mergeFileRule } from './mergeFileRule.ts';
import { mergeGlobs } from './mergeGlobs.ts';
import { traceBlock, traceFile } from './traceProvenance.ts';
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
  const own = (rule: Rule, trace: () => Trace): EffectiveRule =>
    derive({ rule, lineage: [file.id], problems: [] }, trace, () => new Set([file.path]));
  const end = text.length;
  const body = [{ text: file.body, path: file.path, span: { start: end - file.body.length, end } }];
  const globs = { globs: file.globs, places: file.written.has('globs') ? [placeOf(file, 'globs')] : [] };
  const traceOwn = () => traceFile({ lineage: [file] as const, globs, body, rule: file });
  return {
    file: own(file, traceOwn),
    blocks: blocks.map((block) => own(block, () => traceBlock(block, traceOwn()))),
  };
}

/** Works out the rules of one file. */
export function buildEffective(document: RuleDocument, world: EffectiveWorld): EffectiveFile {
  const lineage = world.lineageOf(document.path);
  const parents = lineage.ids.slice(1).flatMap((id) => world.document(id) ?? []);
  const documents = [document, ...parents];
  const lineageRules = [document.file, ...parents.map(({ file }) => file)] as const;
  const globs = mergeGlobs(document.path, {
    lineageOf: (id) => rulesOf(world.lineageOf(id), world),
    parentsOf: (id) => world.lineageOf(id).parents,
  });
  const expanded = documents.map(({ path }) => world.expanded(path));
  const collected = collectBlocks(
    document.file,
    documents.map(({ blocks }) => blocks),
  );
  const kept = new Set(collected.map(({ block }) => block));
  const bodies = documents.map(({ path, blocks }, index) =>
    dropBlocks(
      expanded[index]?.pieces ?? [],
      path,
      blocks.filter((block) => !kept.has(block)).map(({ span }) => span),
    ),
  );
  const body = mergeBodies(bodies.toReversed());
  const merged = mergeFileRule({ lineage: lineageRules, globs, body });
  const parentProblems = [...world.links(document.path).problems, ...lineage.problems];
  const problems = [
    ...parentProblems,
    ...(expanded[0]?.problems ?? []),
    ...findInheritedAlways(document, merged, world),
  ];
  const problemsOf = (id: string): readonly RuleProblem[] => [
    ...world.links(id).problems,
    ...world.lineageOf(id).problems,
    ...world.expanded(id).problems,
  ];
  const standing = { parents: lineageRules.slice(1), problemsOf };
  const file = settleEffective({ ...standing, rule: merged, problems });
  const source = { lineage: lineageRules, globs, body, rule: file };
  const asked = lineage.ids.flatMap((id) => [world.links(id).asked, world.expanded(id).asked]);
  const dependencies = (): ReadonlySet<string> => collectPaths(lineage.ids, asked);
  return {
    file: derive({ rule: file, lineage: lineage.ids, problems }, () => traceFile(source), dependencies),
    blocks: collected.map((inherited) => {
      const rule = buildBlock(inherited, file, { ...standing, problems: parentProblems, lineageRules });
      const trace = (): Trace => traceBlock(inherited.block, traceFile(source));
      return derive({ rule, lineage: lineage.ids, problems: [] }, trace, dependencies);
    }),
  };
}

type Trace = EffectiveRule['provenance'];

interface BlockStanding {
  readonly parents: readonly Rule[];
  readonly problemsOf: (id: string) => readonly RuleProblem[];
  readonly problems: readonly RuleProblem[];
  readonly lineageRules: readonly Rule[];
}

function buildBlock(
  inherited: InheritedBlock,
  file: Rule,
  { lineageRules, ...standing }: BlockStanding,
): Rule {
  const hasPriority = writerOf(lineageRules, 'priority') !== undefined;
  return settleEffective({ ...standing, rule: mergeBlockRule({ inherited, file, hasPriority }) });
}

function rulesOf({ ids }: Lineage, world: EffectiveWorld): readonly Rule[] {
  return ids.flatMap((id) => world.document(id)?.file ?? []);
}

/** Provenance and dependencies are looked at by people, so they are worked out when somebody asks, and once. */
function derive(
  rest: Omit<EffectiveRule, 'provenance' | 'dependencies'>,
  trace: () => Trace,
  collect: () => ReadonlySet<string>,
): EffectiveRule {
  let provenance: Trace | undefined;
  let dependencies: ReadonlySet<string> | undefined;
  return {
    ...rest,
    get provenance() {
      return (provenance ??= trace());
    },
    get dependencies() {
      return (dependencies ??= collect());
    },
  };
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
  if (!merged.alwaysApply || file.written.has('alwaysApply')) return [];
  const links = world.links(file.path).parents;
  const isAlways = (id: string): boolean =>
    writerOf(rulesOf(world.lineageOf(id), world), 'alwaysApply')?.alwaysApply === true;
  const link = links.find(({ id }) => isAlways(id)) ?? links[0];
  if (link === undefined) return [];
  const name = world.document(link.id)?.file.name ?? link.id;
  const message = `This rule is in every prompt, because it inherits \`alwaysApply: true\` from “${name}”. Write the key here too if that is meant, or \`alwaysApply: false\`.`;
  return [{ code: 'rule.inherited-always', severity: 'hint', message, span: link.span }];
}
