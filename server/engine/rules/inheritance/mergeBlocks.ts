import type { Rule, RuleDocument } from '../rule.ts';
import { mergeEntries } from './mergeEntries.ts';

/** A block among the blocks of a rule that inherits it. */
export interface InheritedBlock {
  /** As it was written. */
  readonly block: Rule;
  /** Its id among the blocks of the rule. */
  readonly id: string;
}

/**
 * The blocks of a file and those of its parents: its own first, then the others from the nearest parent on. A name counts
 * once, for the nearest that bears it. Numbers of inherited blocks go on after the file's own.
 */
export function collectBlocks(own: Rule, documents: readonly RuleDocument[]): readonly InheritedBlock[] {
  if (documents.every(({ blocks }) => blocks.length === 0)) return none;
  const [first, ...above] = documents;
  const collected: InheritedBlock[] = (first?.blocks ?? []).map((block) => ({ block, id: block.id }));
  const names = new Set(collected.map(({ block }) => block.name));
  for (const { blocks } of above) {
    const fresh = blocks.filter(({ name }) => !names.has(name));
    for (const block of fresh) {
      names.add(block.name);
      collected.push({ block, id: `${own.path}#${collected.length + 1}` });
    }
  }
  return collected;
}

const none: readonly InheritedBlock[] = [];

export interface BlockParts {
  readonly inherited: InheritedBlock;
  /** The effective rule of the file that it is a block of here. */
  readonly file: Rule;
  /** Whether a frontmatter of the lineage says the priority. */
  readonly hasPriority: boolean;
}

/** A block with what it takes from the effective frontmatter; whether it is active is not decided here. */
export function mergeBlockRule({ inherited, file, hasPriority }: BlockParts): Rule {
  const { block, id } = inherited;
  const hasEvents = block.filters.some(({ type, negate }) => type === 'event' && !negate);
  return {
    ...block,
    id,
    path: file.path,
    // What was written elsewhere stands for the frontmatter that brings it along.
    span: block.path === file.path ? block.span : file.span,
    kind: file.globs.length > 0 ? 'autoAttached' : 'manual',
    scope: file.scope,
    abstract: file.abstract,
    enabled: file.enabled,
    globs: file.globs,
    on: hasEvents ? block.on : file.on,
    origin: file.origin,
    debounceMs: file.debounceMs,
    skipTrivial: file.skipTrivial,
    filters: mergeEntries([block.filters]),
    actions: mergeEntries([block.actions]),
    priority: hasPriority ? file.priority : block.priority,
    model: file.model,
    budget: file.budget,
    approval: file.approval,
  };
}
