import type { RuleSummary } from '../../protocol/requests.ts';
import type { FileRead, Files } from '../ports/files.ts';
import { createGlobIndex, type GlobIndex } from './globs/globIndex.ts';
import { createUnreadDocument, maxRuleFileLength, parseRuleDocument } from './parseRuleDocument.ts';
import type { Rule, RuleDocument } from './rule.ts';
import { builtinPath, isLivePath, isRulePath, readLiveFolders } from './rulePaths.ts';
import { summarizeRules } from './summarizeRule.ts';

/** The rules of one workspace folder, as they were last read from disk. */
export interface RuleStore {
  /** Reads all rule files anew; what was known stays until they are read. */
  load(signal: AbortSignal): Promise<void>;
  /** Reads these files again and no others; those that vanished are forgotten, other paths are passed over. */
  reload(paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Bundled rules that act here, by name; a name that the library does not have is passed over. */
  useBuiltin(names: readonly string[]): void;
  /** Folders whose rule files are live besides `.cursor/rules`, as a person wrote them. */
  useFolders(folders: readonly string[]): void;
  /** Every rule file that was read, drafts and broken ones included, by path. Bundled ones are not among them. */
  documents(): readonly RuleDocument[];
  /** Every rule that may guide or fire here, inactive ones included. */
  liveRules(): readonly Rule[];
  /** The active live rules whose globs match; a rule without globs matches every file under its folder. */
  rulesFor(path: string): readonly Rule[];
  /** By id, or by name: rules of this folder before bundled ones. Drafts are found too. */
  findRule(idOrName: string): RuleLookup;
  summaries(): readonly RuleSummary[];
}

export type RuleLookup =
  | { readonly kind: 'found'; readonly rule: Rule }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'ambiguous'; readonly rules: readonly Rule[]; readonly message: string };

export interface RuleStoreOptions {
  readonly files: Files;
  readonly root: string;
  /** Texts of the bundled rules by file name, such as `generate-node-tests.mdc`. */
  readonly builtin?: ReadonlyMap<string, string>;
}

export function createRuleStore(options: RuleStoreOptions): RuleStore {
  return new FolderRules(options);
}

const parallelReads = 16;
const maxBytes = maxRuleFileLength * 3;

class FolderRules implements RuleStore {
  readonly #files: Files;
  readonly #root: string;
  readonly #builtin: ReadonlyMap<string, RuleDocument>;
  readonly #documents = new Map<string, RuleDocument>();
  readonly #index: GlobIndex = createGlobIndex();
  readonly #indexed = new Map<string, Rule>();
  #used: readonly string[] = [];
  #folders: ReadonlySet<string> = new Set();
  // Asked for at every event and every repaint; dropped at every change.
  #live: readonly RuleDocument[] | undefined;
  #summaries: readonly RuleSummary[] | undefined;

  constructor({ files, root, builtin = new Map() }: RuleStoreOptions) {
    this.#files = files;
    this.#root = root;
    this.#builtin = new Map([...builtin].map(([file, text]) => parseBuiltin(file, text)));
  }

  async load(signal: AbortSignal): Promise<void> {
    const paths = (await this.#files.listRules(this.#root, signal)).filter(isRulePath);
    if (signal.aborted) return;
    const found = new Set(paths);
    for (const path of this.#documents.keys()) if (!found.has(path)) this.#forget(path);
    await this.#readAll(paths, signal);
  }

  async reload(paths: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#readAll([...new Set(paths.filter(isRulePath))], signal);
  }

  useBuiltin(names: readonly string[]): void {
    for (const name of this.#used) this.#unindex(this.#builtin.get(name));
    this.#used = [...new Set(names)].filter((name) => this.#builtin.has(name));
    for (const name of this.#used) this.#enter(this.#builtin.get(name));
    this.#changed();
  }

  useFolders(folders: readonly string[]): void {
    for (const document of this.#documents.values()) this.#unindex(document);
    this.#folders = readLiveFolders(folders);
    for (const document of this.#documents.values()) {
      if (this.#isLive(document.path)) this.#enter(document);
    }
    this.#changed();
  }

  #isLive(path: string): boolean {
    return isLivePath(path, this.#folders);
  }

  documents(): readonly RuleDocument[] {
    return [...this.#documents.values()].toSorted((left, right) => compare(left.path, right.path));
  }

  liveRules(): readonly Rule[] {
    return this.#liveDocuments().flatMap(rulesOf);
  }

  rulesFor(path: string): readonly Rule[] {
    return this.#index.match(path).flatMap((id) => this.#indexed.get(id) ?? []);
  }

  findRule(idOrName: string): RuleLookup {
    const own = [...this.#documents.values()].flatMap(rulesOf);
    const bundled = this.#used.flatMap((name) => this.#builtin.get(name) ?? []).flatMap(rulesOf);
    const byId = [...own, ...bundled].find((rule) => rule.id === idOrName);
    if (byId !== undefined) return { kind: 'found', rule: byId };
    for (const rules of [own.filter(({ path }) => this.#isLive(path)), own, bundled]) {
      const named = rules.filter((rule) => rule.name === idOrName);
      if (named.length > 0) return choose(idOrName, named);
    }
    return { kind: 'missing', message: this.#explainMissing(idOrName) };
  }

  summaries(): readonly RuleSummary[] {
    this.#summaries ??= this.#liveDocuments().flatMap((document) => summarizeRules(this.#root, document));
    return this.#summaries;
  }

  #liveDocuments(): readonly RuleDocument[] {
    const own = (): readonly RuleDocument[] => this.documents().filter(({ path }) => this.#isLive(path));
    const used = (): readonly RuleDocument[] => this.#used.flatMap((name) => this.#builtin.get(name) ?? []);
    this.#live ??= [...own(), ...used()];
    return this.#live;
  }

  #changed(): void {
    this.#live = undefined;
    this.#summaries = undefined;
  }

  #explainMissing(name: string): string {
    const inLibrary = this.#builtin.has(name.replace(/^builtin:/, ''));
    const hint = inLibrary
      ? ' A bundled rule has this name: switch it on in the setting codegenLab.rules.builtin.'
      : '';
    return `No rule of this folder is called “${name}”.${hint}`;
  }

  /** A few at a time: a repository may hold thousands of rules. */
  async #readAll(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const queue = paths.values();
    const work = async (): Promise<void> => {
      for (const path of queue) {
        const read = await this.#files.read(this.#root, path, signal, maxBytes);
        if (signal.aborted) return;
        this.#take(path, read);
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallelReads, paths.length) }, work));
  }

  #take(path: string, read: FileRead): void {
    this.#forget(path);
    if (read.kind === 'missing') return;
    const document =
      read.kind === 'text' ? parseRuleDocument(path, read.text) : createUnreadDocument(path, explain(read));
    this.#documents.set(path, document);
    if (this.#isLive(path)) this.#enter(document);
  }

  #forget(path: string): void {
    this.#unindex(this.#documents.get(path));
    this.#documents.delete(path);
    this.#changed();
  }

  #enter(document: RuleDocument | undefined): void {
    for (const rule of document === undefined ? [] : rulesOf(document)) {
      if (!rule.active) continue;
      this.#index.add({ id: rule.id, globs: rule.globs.map((glob) => glob.value), scope: rule.scope });
      this.#indexed.set(rule.id, rule);
    }
  }

  #unindex(document: RuleDocument | undefined): void {
    for (const rule of document === undefined ? [] : rulesOf(document)) {
      this.#index.remove(rule.id);
      this.#indexed.delete(rule.id);
    }
  }
}

function parseBuiltin(file: string, text: string): readonly [name: string, document: RuleDocument] {
  const name = file.replace(/\.mdc$/, '');
  return [name, parseRuleDocument(builtinPath(name), text)];
}

function rulesOf(document: RuleDocument): readonly Rule[] {
  return [document.file, ...document.blocks];
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A file and a block in it often share a name; the one that does something is meant then. */
function choose(name: string, named: readonly Rule[]): RuleLookup {
  const acting = named.filter((rule) => rule.actions.length > 0);
  const [only, ...others] = acting.length > 0 ? acting : named;
  if (only !== undefined && others.length === 0) return { kind: 'found', rule: only };
  const ids = named.map((rule) => rule.id).join(', ');
  return {
    kind: 'ambiguous',
    rules: named,
    message: `Several rules are called “${name}”: use one of the ids ${ids}.`,
  };
}

function explain(read: Exclude<FileRead, { kind: 'text' | 'missing' }>): {
  readonly code: string;
  readonly message: string;
} {
  switch (read.kind) {
    case 'binary':
      return {
        code: 'rule.unreadable',
        message: 'This file is no UTF-8 text: save it as UTF-8 without NUL characters.',
      };
    case 'tooLarge':
      return {
        code: 'rule.too-large',
        message: `A rule file has at most 1 MB; this one has ${read.bytes} bytes and was not read.`,
      };
    case 'unreadable':
      return { code: 'rule.unreadable', message: `This file could not be read: ${read.message}` };
  }
}
