import { readProjectNames, tellsNames, type ProjectNames } from './projectNames.ts';
import { textPrint } from '../textPrint.ts';
import { moduleKey } from './moduleKeys.ts';
import { resolveImports, type ImportPlaces } from './resolveImports.ts';
import { readSourceImports, sourceLanguage, type SourceImports } from './sourceImports.ts';

/** Who imports whom in a workspace folder, kept up to date file by file. Paths are relative to the folder. */
export interface ImportGraph {
  /** A file is there or changed; undefined: its text is not known, or does not matter. */
  set(path: string, text: string | undefined): void;
  remove(path: string): void;
  has(path: string): boolean;
  /** A few letters that are the same for the same text; undefined: the file is not there, or its text is not known. */
  printOf(path: string): string | undefined;
  /** Files that load one of these, directly or through others, the nearest first, each with how; the files themselves are not among them. */
  dependents(paths: Iterable<string>): ReadonlyMap<string, Dependence>;
  /** Files that this one loads directly. */
  importsOf(path: string): readonly string[];
}

/** Why loading a file may load another. */
export interface Dependence {
  /** The file that it reaches. */
  readonly changed: string;
  /** What it imports itself on the way; `changed` when it does that directly. */
  readonly next: string;
  /** 1: directly. */
  readonly distance: number;
  /** Somewhere on the way stands what is named only at run time, so that it may load it, and may not. */
  readonly isUncertain: boolean;
}

export function createImportGraph(): ImportGraph {
  return new IncrementalGraph();
}

interface Node {
  readonly imports: SourceImports;
  targets: readonly string[];
}

class IncrementalGraph implements ImportGraph {
  readonly #nodes = new Map<string, Node>();
  readonly #prints = new Map<string, string>();
  /** Files by `moduleKey`. */
  readonly #keys = new Map<string, Set<string>>();
  readonly #importers = new Map<string, Set<string>>();
  /** Files by the words of what they import: a file that comes or goes concerns those that name it. */
  readonly #mentions = new Map<string, Set<string>>();
  readonly #open = new Map<string, readonly string[]>();
  readonly #manifests = new Map<string, string>();
  #names: ProjectNames | undefined;
  /** Their targets are to be found anew. */
  #stale = new Set<string>();

  printOf(path: string): string | undefined {
    return this.#prints.get(path);
  }

  set(path: string, text: string | undefined): void {
    if (text === undefined) this.#prints.delete(path);
    else this.#prints.set(path, textPrint(text));
    const known = this.#nodes.get(path);
    const imports = readSourceImports(path, text ?? '');
    if (tellsNames(path)) this.#manifest(path, text);
    if (known === undefined) this.#appear(path);
    else if (sameNames(known.imports, imports)) return;
    else this.#unmention(path, known.imports);
    this.#nodes.set(path, { imports, targets: known?.targets ?? [] });
    for (const word of wordsOf(imports)) addTo(this.#mentions, word, path);
    if (imports.open.length > 0) this.#open.set(path, imports.open);
    else this.#open.delete(path);
    this.#stale.add(path);
  }

  remove(path: string): void {
    const known = this.#nodes.get(path);
    if (known === undefined) return;
    this.#prints.delete(path);
    this.#link(path, known, []);
    this.#unmention(path, known.imports);
    this.#nodes.delete(path);
    this.#open.delete(path);
    this.#stale.delete(path);
    removeFrom(this.#keys, moduleKey(path), path);
    if (tellsNames(path)) this.#manifest(path, undefined);
    this.#staleMentions(path);
  }

  has(path: string): boolean {
    return this.#nodes.has(path);
  }

  importsOf(path: string): readonly string[] {
    this.#refresh();
    return this.#nodes.get(path)?.targets ?? [];
  }

  dependents(paths: Iterable<string>): ReadonlyMap<string, Dependence> {
    this.#refresh();
    const changed = new Set(paths);
    const found = new Map<string, Dependence>();
    let front: readonly string[] = [...changed];
    for (let distance = 1; front.length > 0; distance += 1) {
      const next: string[] = [];
      const reach = (importer: string, target: string, isOpen: boolean): void => {
        if (changed.has(importer) || found.has(importer)) return;
        const before = found.get(target);
        found.set(importer, {
          changed: before?.changed ?? target,
          next: target,
          distance,
          isUncertain: isOpen || before?.isUncertain === true,
        });
        next.push(importer);
      };
      for (const target of front)
        for (const importer of this.#importers.get(target) ?? []) reach(importer, target, false);
      // What may load anything is looked at once: all that changed is in the first front.
      if (distance === 1)
        for (const [importer, target] of this.#openImporters(front)) reach(importer, target, true);
      front = next;
    }
    return found;
  }

  #openImporters(targets: readonly string[]): readonly (readonly [string, string])[] {
    return [...this.#open].flatMap(([importer, beginnings]) => {
      const target = targets.find((path) =>
        beginnings.some((beginning) => mayLoad(importer, beginning, path)),
      );
      return target === undefined ? [] : [[importer, target] as const];
    });
  }

  #appear(path: string): void {
    addTo(this.#keys, moduleKey(path), path);
    this.#staleMentions(path);
  }

  #staleMentions(path: string): void {
    // While a whole folder is taken in, all of it is to be found anyway.
    if (this.#stale.size === this.#nodes.size) return;
    for (const word of this.#wordsOfPath(path))
      for (const importer of this.#mentions.get(word) ?? []) this.#stale.add(importer);
    // What is loaded without being named, or by the name of a folder or crate.
    if (!/(?:^|\/)(?:conftest\.py|(?:lib|main|mod)\.rs)$|\.go$/u.test(path)) return;
    const language = sourceLanguage(path);
    for (const other of this.#nodes.keys()) if (sourceLanguage(other) === language) this.#stale.add(other);
  }

  /** Words that an import of this file may hold: its name, its folder's, and those of the packages around it. */
  #wordsOfPath(path: string): ReadonlySet<string> {
    const parts = path.split('/');
    const words = new Set([
      (parts.at(-1) ?? '').replace(/\..*$/u, ''),
      parts.at(-1) ?? '',
      parts.at(-2) ?? '',
    ]);
    for (const [name, { folder }] of this.#projectNames().packages)
      if (folder === '' || path.startsWith(`${folder}/`)) words.add(name.split('/').at(-1) ?? name);
    return words;
  }

  #projectNames(): ProjectNames {
    return (this.#names ??= readProjectNames(this.#manifests));
  }

  #unmention(path: string, imports: SourceImports): void {
    for (const word of wordsOf(imports)) removeFrom(this.#mentions, word, path);
  }

  #manifest(path: string, text: string | undefined): void {
    if (this.#manifests.get(path) === text) return;
    if (text === undefined) this.#manifests.delete(path);
    else this.#manifests.set(path, text);
    this.#names = undefined;
    for (const other of this.#nodes.keys()) this.#stale.add(other);
  }

  #refresh(): void {
    if (this.#stale.size === 0) return;
    const places: ImportPlaces = {
      files: (key) => [...(this.#keys.get(key) ?? [])],
      has: (path) => this.#nodes.has(path),
      names: this.#projectNames(),
    };
    for (const path of this.#stale) {
      const node = this.#nodes.get(path);
      if (node) this.#link(path, node, resolveImports(path, node.imports, places));
    }
    this.#stale = new Set();
  }

  #link(path: string, node: Node, targets: readonly string[]): void {
    for (const target of node.targets) removeFrom(this.#importers, target, path);
    for (const target of targets) addTo(this.#importers, target, path);
    node.targets = targets;
  }
}

function mayLoad(importer: string, beginning: string, path: string): boolean {
  if (sourceLanguage(importer) !== sourceLanguage(path))
    return beginning !== '' && path.includes(beginning.replace(/^(?:\.{1,2}\/)+/u, ''));
  const plain =
    sourceLanguage(path) === 'python'
      ? beginning.replace(/^\.+/u, '').replaceAll('.', '/')
      : beginning.replace(/^(?:\.{1,2}\/)+/u, '');
  return path.includes(plain);
}

/** The words of all names, by which a file that comes later may be meant. */
function wordsOf({ names }: SourceImports): ReadonlySet<string> {
  const words = new Set<string>();
  for (const name of names) {
    for (const word of name.split(/[/:\s]+/u)) {
      words.add(word);
      for (const part of word.split('.')) words.add(part);
    }
    // A folder stands for the file in it that has no name of its own.
    if (/(?:^|\/)\.{0,2}\/?$/u.test(name)) words.add('index');
    if (name.startsWith('.')) words.add('__init__');
  }
  words.delete('');
  return words;
}

function sameNames(one: SourceImports, other: SourceImports): boolean {
  return same(one.names, other.names) && same(one.open, other.open);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

function removeFrom(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  known?.delete(value);
  if (known?.size === 0) map.delete(key);
}
