import { plainView, problemsOf, type ProblemView } from '../checks/problemsOf.ts';
import { copyPeers, replaceInPeers } from '../checks/rulePeers.ts';
import {
  buildEffective,
  isPlain,
  plainEffective,
  type EffectiveFile,
} from '../inheritance/buildEffective.ts';
import { buildFoundation } from '../inheritance/buildFoundation.ts';
import type { Foundation } from '../inheritance/foundation.ts';
import type { EffectiveRule } from '../inheritance/effectiveRule.ts';
import type { EffectiveWorld } from '../inheritance/effectiveWorld.ts';
import { expandIncludes, type ExpandedText } from '../inheritance/expandIncludes.ts';
import { linkParents, type FileLinks } from '../inheritance/linkParents.ts';
import { resolveLineage, type Lineage, type LineageWorld } from '../inheritance/resolveLineage.ts';
import { findReferences } from '../references/findReferences.ts';
import { resolveReference, type ReferenceWorld } from '../references/resolveReference.ts';
import type { ReferenceTarget, RuleReference } from '../references/ruleReference.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import { findDependents, type DependencyIndex } from './dependencyIndex.ts';
import type { FileIndex } from './fileIndex.ts';
import type { KnownFiles } from './knownFiles.ts';
import { copyKnown, nothingKnown, type Derived, type Known } from './layerKnowledge.ts';
import { toFragment } from './toFragment.ts';

export interface LayerOptions {
  /** By `builtin:NAME`. */
  readonly bundled: ReadonlyMap<string, RuleDocument>;
  readonly files: KnownFiles;
  /** What problems depend on beside the rules, now; without it no file is known and nothing is hidden. */
  readonly problemView?: () => ProblemView;
}

/**
 * The rules as one layer of texts has them. What is derived is worked out when it is asked for, kept, and dropped when
 * something that it was made of, or that was looked for in vain, changes.
 */
export class LayerCatalog implements RuleCatalog, ReferenceWorld {
  readonly #options: LayerOptions;
  readonly #index: FileIndex;
  /** What the parents of a file asked for: only its own, since what theirs asked for is found by way of them. */
  readonly #inherited: DependencyIndex;
  /** What its includes asked for, also those of what it includes. */
  readonly #included: DependencyIndex;
  /** What its mentions and links asked for: the rule itself does not depend on it. */
  readonly #mentioned: DependencyIndex;
  readonly #derived: Derived;
  readonly #world: EffectiveWorld = {
    document: (path) => this.document(path),
    links: (path) => this.#linksOf(path),
    lineageOf: (path) => this.#lineageOf(path),
    foundationOf: (path) => this.#foundationOf(path),
    expanded: (path) => this.#expand(path),
  };
  readonly #lineageWorld: LineageWorld;

  constructor(options: LayerOptions, known: Known = nothingKnown()) {
    this.#options = options;
    this.#index = known.index;
    this.#inherited = known.inherited;
    this.#included = known.included;
    this.#mentioned = known.mentioned;
    this.#derived = known.derived;
    this.#lineageWorld = {
      known: known.derived.lineages,
      parentsOf: (id) => this.#linksOf(id).parents,
      nameOf: (id) => this.document(id)?.file.name ?? id,
    };
  }

  /** Another one that begins with what this one knows. */
  fork(files: KnownFiles): LayerCatalog {
    const known = {
      index: this.#index,
      inherited: this.#inherited,
      included: this.#included,
      mentioned: this.#mentioned,
      derived: this.#derived,
    };
    const copy = new LayerCatalog({ ...this.#options, files }, copyKnown(known));
    copyPeers(this, copy);
    return copy;
  }

  /** Puts a document in, or takes it out. Returns the rule files that may be others now, itself among them. */
  set(path: string, document: RuleDocument | undefined): ReadonlySet<string> {
    const before = this.#index.get(path);
    const peers = replaceInPeers(this, before, document);
    const names = this.#index.set(path, document).map((name) => `name:${name}`);
    const hasCome = (before === undefined) !== (document === undefined);
    const isRelinked = names.length > 0 || !hasSameParents(before, document);
    const { links, lineages, expanded, references } = this.#derived;
    links.delete(path);
    lineages.delete(path);
    expanded.delete(path);
    references.delete(path);
    this.#invalidate(path, { sought: hasCome ? [path, ...names] : names, isRelinked });
    const affected = new Set([path, ...this.#dropEffective([path, ...names]), ...peers]);
    for (const key of [path, ...names])
      for (const other of this.#mentioned.dependentsOf(key)) affected.add(other);
    if (document === undefined) this.#forget(path);
    return affected;
  }

  /** A file that is no rule file came, went or changed. Returns the rule files that it concerns. */
  changeFile(path: string): ReadonlySet<string> {
    this.#invalidate(path, { sought: [path], isRelinked: false });
    return new Set([...this.#dropEffective([path]), ...this.#mentioned.dependentsOf(path)]);
  }

  /** Drops what is no longer right when a file has another text, and these keys name something else or nothing now. */
  #invalidate(path: string, { sought, isRelinked }: Change): void {
    const { links, lineages, expanded, references } = this.#derived;
    const relinked = new Set(isRelinked ? [path] : []);
    for (const key of sought) {
      for (const child of this.#inherited.dependentsOf(key)) {
        links.delete(child);
        relinked.add(child);
      }
      for (const other of this.#mentioned.dependentsOf(key)) references.delete(other);
    }
    for (const key of new Set([path, ...sought]))
      for (const other of this.#included.dependentsOf(key)) expanded.delete(other);
    if (relinked.size === 0) return;
    for (const child of [...relinked, ...findDependents(relinked, [this.#inherited])]) lineages.delete(child);
  }

  #dropEffective(keys: readonly string[]): ReadonlySet<string> {
    const remade = findDependents(keys, [this.#inherited, this.#included]);
    const { effective, foundations } = this.#derived;
    for (const path of [...keys, ...remade]) {
      effective.delete(path);
      foundations.delete(path);
    }
    return remade;
  }

  #forget(path: string): void {
    for (const index of [this.#inherited, this.#included, this.#mentioned]) index.delete(path);
  }

  /** Whether a file that is no rule file matters here. */
  dependsOn(path: string): boolean {
    return this.#included.has(path) || this.#mentioned.has(path);
  }

  documents(): readonly RuleDocument[] {
    return this.#index.all();
  }

  document(path: string): RuleDocument | undefined {
    return this.#index.get(path) ?? this.#options.bundled.get(path);
  }

  text(path: string): string | undefined {
    const document = this.document(path);
    if (document !== undefined) return document.text;
    const read = this.#options.files.read(path);
    return read?.kind === 'text' ? read.text : undefined;
  }

  bundledDocuments(): readonly RuleDocument[] {
    return [...this.#options.bundled.values()];
  }

  rule(id: string): Rule | undefined {
    const document = this.document(pathOf(id));
    if (document === undefined) return undefined;
    return [document.file, ...document.blocks].find((rule) => rule.id === id);
  }

  effective(id: string): EffectiveRule | undefined {
    return this.effectiveRules(pathOf(id)).find(({ rule }) => rule.id === id);
  }

  effectiveRules(path: string): readonly EffectiveRule[] {
    const document = this.document(path);
    if (document === undefined) return [];
    const { file, blocks } = isPlain(document) ? plainEffective(document) : this.#resolve(document);
    return [file, ...blocks];
  }

  /** The effective rules of a file without what is known about them. */
  rulesOf(path: string): readonly Rule[] {
    const document = this.document(path);
    if (document === undefined) return [];
    const known = this.#derived.effective.get(path);
    if (known === undefined && isPlain(document)) return [document.file, ...document.blocks];
    const { file, blocks } = known ?? this.#resolve(document);
    return [file.rule, ...blocks.map(({ rule }) => rule)];
  }

  /** Works out all that has to be looked up for a file, so that it is looked up now and not when somebody asks. */
  prepare(path: string): void {
    this.rulesOf(path);
    this.references(path);
  }

  references(path: string): readonly RuleReference[] {
    const known = this.#derived.references.get(path);
    if (known !== undefined) return known;
    const document = this.document(path);
    if (document === undefined) return [];
    const asked = new Set<string>();
    const found = findReferences(document).flatMap(({ reference, isCertain }) => {
      const resolution = resolveReference(reference, path, this);
      for (const key of resolution.asked) asked.add(key);
      return isCertain || resolution.target.kind !== 'missing' ? [reference] : [];
    });
    // Most files refer to nothing, and a list for each of them would only take room.
    if (asked.size > 0) this.#derived.references.set(path, found);
    this.#mentioned.set(path, asked);
    return found;
  }

  resolve(reference: RuleReference, from: string): ReferenceTarget {
    return resolveReference(reference, from, this).target;
  }

  referrers(path: string): readonly { readonly path: string; readonly reference: RuleReference }[] {
    return this.documents().flatMap((document) =>
      this.references(document.path).flatMap((reference) =>
        names(this.resolve(reference, document.path), path) ? [{ path: document.path, reference }] : [],
      ),
    );
  }

  problems(path: string): readonly RuleProblem[] {
    const document = this.document(path);
    if (document === undefined) return [];
    return problemsOf(document, { catalog: this, ...(this.#options.problemView?.() ?? plainView) });
  }

  fileRule(path: string): Rule | undefined {
    return this.document(path)?.file;
  }

  fileRulesNamed(name: string): readonly Rule[] {
    return this.#index.named(name);
  }

  hasFile(path: string): boolean {
    return this.#options.files.exists(path) ?? false;
  }

  #resolve(document: RuleDocument): EffectiveFile {
    const known = this.#derived.effective.get(document.path);
    if (known !== undefined) return known;
    const made = buildEffective(document, this.#world);
    this.#derived.effective.set(document.path, made);
    return made;
  }

  #lineageOf(path: string): Lineage {
    return resolveLineage(path, this.#lineageWorld);
  }

  /** Rules with the same one parent stand on the same foundation; those with several parents are few. */
  #foundationOf(path: string): Foundation | undefined {
    const { ids, parents } = this.#lineageOf(path);
    const [parent] = parents;
    if (parent === undefined) return undefined;
    const known = parents.length === 1 ? this.#derived.foundations.get(parent) : undefined;
    if (known !== undefined) return known;
    const made = buildFoundation(ids.slice(1), this.#world);
    if (parents.length === 1 && made !== undefined) this.#derived.foundations.set(parent, made);
    return made;
  }

  #linksOf(path: string): FileLinks {
    const known = this.#derived.links.get(path);
    if (known !== undefined) return known;
    const links = linkParents(this.document(path), this);
    this.#derived.links.set(path, links);
    this.#inherited.set(path, new Set(links.asked));
    return links;
  }

  #expand(path: string): ExpandedText {
    const known = this.#derived.expanded.get(path);
    if (known !== undefined) return known;
    const expanded = expandIncludes(path, {
      fileRule: (other) => this.fileRule(other),
      fileRulesNamed: (name) => this.fileRulesNamed(name),
      hasFile: (other) => this.hasFile(other),
      fragment: (other) => toFragment(this.document(other) ?? this.#options.files.read(other)),
    });
    this.#derived.expanded.set(path, expanded);
    this.#included.set(path, expanded.asked);
    return expanded;
  }
}

interface Change {
  /** Paths and names, as `name:NAME`, that may stand for something else now. */
  readonly sought: readonly string[];
  /** The file itself inherits from others now, or is called otherwise. */
  readonly isRelinked: boolean;
}

function hasSameParents(before: RuleDocument | undefined, after: RuleDocument | undefined): boolean {
  const [old, now] = [before?.file.extends ?? [], after?.file.extends ?? []];
  return old.length === now.length && old.every(({ value }, index) => value === now[index]?.value);
}

/** A block's id is its file's with a number. */
function pathOf(id: string): string {
  return id.replace(/#\d+$/, '');
}

function names(target: ReferenceTarget, path: string): boolean {
  switch (target.kind) {
    case 'rule':
    case 'file':
      return target.path === path;
    case 'ambiguous':
      return target.ruleIds.includes(path);
    case 'missing':
      return false;
  }
}
