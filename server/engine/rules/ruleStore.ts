import type { RuleSummary } from '../../protocol/requests.ts';
import type { Files } from '../ports/files.ts';
import { ActiveRules } from './catalog/activeRules.ts';
import { LayerCatalog } from './catalog/layerCatalog.ts';
import { LookedUpFiles } from './catalog/lookedUpFiles.ts';
import { ReadAhead } from './catalog/readAhead.ts';
import { readFiles, type FoundFile, type Wishes } from './catalog/readFiles.ts';
import { TypedTexts } from './catalog/typedTexts.ts';
import { plainView, type ProblemView } from './checks/problemsOf.ts';
import { DialectRules } from './dialects/dialectRules.ts';
import { findRuleNamed, type RuleLookup } from './findRuleNamed.ts';
import type { WorkspacePaths } from './globs/workspacePaths.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';
import type { Rule, RuleDocument } from './rule.ts';
import type { RuleCatalog } from './ruleCatalog.ts';
import { builtinPath, isDraftPath, isLivePath, isRulePath, readLiveFolders } from './rulePaths.ts';
import { defaultProblemSettings, type ProblemSettings } from './severities/problemSettings.ts';
import { summarizeRules } from './summarizeRule.ts';

/** The rules of one workspace folder: as they were last read from disk, and with unsaved texts laid over them. */
export interface RuleStore {
  /** Rules as they are on disk: these guide and fire. */
  readonly saved: RuleCatalog;
  /** With what is typed and not saved: for diagnostics. The same as `saved` while nothing is typed. */
  readonly typed: RuleCatalog;
  /** Looks for rule files anew and reads them all; what was known stays until they are read. */
  load(signal: AbortSignal): Promise<void>;
  /**
   * Reads these files again and no others: rule files, and those that rules include or name. Those that vanished are
   * forgotten, other paths are passed over. Calls in one breath are one reading. Resolves to the rule files whose problems
   * may be others now.
   */
  reload(paths: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** Lays a typed text over a file, or with `undefined` takes it away. Resolves as `reload` does. */
  setTyped(path: string, text: string | undefined): Promise<ReadonlySet<string>>;
  /** Bundled rules that act here, by name; a name that the library does not have is passed over. */
  useBuiltin(names: readonly string[]): void;
  /** Folders whose rule files are live besides `.cursor/rules`, as a person wrote them. */
  useFolders(folders: readonly string[]): void;
  /** Other tools whose rule files guide here, by id; false if they are the same as before. They are read by `loadDialects`. */
  useDialects(ids: readonly string[]): boolean;
  /** Reads the rule files of other tools anew; `load` does so too. */
  loadDialects(signal: AbortSignal): Promise<void>;
  /** How problems are shown; whether a rule is active does not depend on it. */
  useProblemSettings(settings: ProblemSettings): void;
  /** Every rule file that was read, drafts and broken ones included, by path. Bundled ones are not among them. */
  documents(): readonly RuleDocument[];
  /** Every rule that may guide or fire here, with all that it inherits, inactive ones included. */
  liveRules(): readonly Rule[];
  /** The active live rules whose globs match; a rule without globs matches every file under its folder. */
  rulesFor(path: string): readonly Rule[];
  /** By id, or by name, with all that it inherits: rules of this folder before bundled ones. Drafts are found too. */
  findRule(idOrName: string): RuleLookup;
  /** Of the rules that act, or would if they were active. */
  summaries(): readonly RuleSummary[];
  /** Of all that can be seen: drafts, the whole library and files elsewhere too. */
  allSummaries(): readonly RuleSummary[];
}

export interface RuleStoreOptions {
  readonly files: Files;
  readonly root: string;
  /** Texts of the bundled rules by file name, such as `generate-node-tests.mdc`. */
  readonly builtin?: ReadonlyMap<string, string>;
  /** The files of the folder, once somebody listed them; problems of globs are told by them. */
  readonly paths?: () => WorkspacePaths | undefined;
}

export function createRuleStore(options: RuleStoreOptions): RuleStore {
  return new FolderRules(options);
}

class FolderRules implements RuleStore {
  readonly #options: RuleStoreOptions;
  readonly #bundled: ReadonlyMap<string, RuleDocument>;
  readonly #lookedUp = new LookedUpFiles();
  readonly #saved: LayerCatalog;
  readonly #typed: TypedTexts;
  readonly #active = new ActiveRules();
  readonly #dialects: DialectRules;
  readonly #reading = new ReadAhead(
    (paths) => this.#readAll(paths),
    () => this.#takeAffected(),
  );
  /** Who asked for a rule file last. */
  readonly #signals = new Map<string, AbortSignal>();
  /** Rule files that changed since somebody was last told. */
  #affected = new Set<string>();
  #used: readonly string[] = [];
  #problemSettings = defaultProblemSettings;
  #folders: ReadonlySet<string> = new Set();
  // Asked for at every event and every repaint; dropped at every change.
  #live: readonly Rule[] | undefined;
  #liveSummaries: readonly RuleSummary[] | undefined;
  readonly #summaries = new Map<string, readonly RuleSummary[]>();

  constructor(options: RuleStoreOptions) {
    this.#options = options;
    this.#bundled = new Map(Array.from(options.builtin ?? [], ([file, text]) => parseBuiltin(file, text)));
    const problemView = (): ProblemView => ({
      paths: options.paths?.() ?? plainView.paths,
      settings: this.#problemSettings,
      isLive: (path) => this.#isLive(path),
    });
    this.#dialects = new DialectRules(options);
    this.#saved = new LayerCatalog({ bundled: this.#bundled, files: this.#lookedUp, problemView });
    this.#typed = new TypedTexts(this.#saved, this.#lookedUp);
  }

  get saved(): RuleCatalog {
    return this.#saved;
  }

  get typed(): RuleCatalog {
    return this.#typed.catalog;
  }

  async load(signal: AbortSignal): Promise<void> {
    const { files, root } = this.#options;
    const paths = (await files.listRules(root, signal)).filter(isRulePath);
    if (signal.aborted) return;
    const found = new Set(paths);
    const gone = this.documents().filter(({ path }) => !found.has(path));
    this.#takeAll(gone.map(({ path }) => ({ kind: 'document', path, document: undefined })));
    await Promise.all([this.reload(paths, signal), this.loadDialects(signal)]);
  }

  async reload(paths: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const rules = paths.filter(isRulePath);
    for (const path of rules) this.#signals.set(path, signal);
    for (const path of paths) if (!isRulePath(path)) this.#lookedUp.expire(path);
    const [affected, areGuides] = await Promise.all([
      this.#reading.add(rules),
      this.#dialects.reload(paths, signal),
    ]);
    if (areGuides) this.#live = undefined;
    return affected;
  }

  async setTyped(path: string, text: string | undefined): Promise<ReadonlySet<string>> {
    const affected = this.#typed.set(path, text);
    this.#settleTyped(affected);
    if (!this.#lookedUp.hasWanted) return affected;
    return new Set([...affected, ...(await this.#reading.add([]))]);
  }

  useBuiltin(names: readonly string[]): void {
    const before = this.#used;
    this.#used = [...new Set(names)].filter((name) => this.#bundled.has(builtinPath(name)));
    this.#settleSaved(new Set([...before, ...this.#used].map(builtinPath)));
  }

  useFolders(folders: readonly string[]): void {
    this.#folders = readLiveFolders(folders);
    this.#settleSaved(this.documents().map(({ path }) => path));
  }

  useDialects(ids: readonly string[]): boolean {
    const isOther = this.#dialects.use(ids);
    if (isOther) this.#live = undefined;
    return isOther;
  }

  async loadDialects(signal: AbortSignal): Promise<void> {
    await this.#dialects.load(signal);
    this.#live = undefined;
  }

  useProblemSettings(settings: ProblemSettings): void {
    this.#problemSettings = settings;
  }

  documents(): readonly RuleDocument[] {
    return this.#saved.documents();
  }

  liveRules(): readonly Rule[] {
    this.#live ??= [
      ...this.#livePaths().flatMap((path) => this.#saved.rulesOf(path)),
      ...this.#dialects.rules(),
    ];
    return this.#live;
  }

  rulesFor(path: string): readonly Rule[] {
    return [...this.#active.match(path), ...this.#dialects.match(path)];
  }

  findRule(idOrName: string): RuleLookup {
    return findRuleNamed(idOrName, {
      catalog: this.#saved,
      used: this.#used,
      isLive: (path) => this.#isLive(path),
    });
  }

  summaries(): readonly RuleSummary[] {
    this.#liveSummaries ??= this.#livePaths().flatMap((path) => this.#summarize(path));
    return this.#liveSummaries;
  }

  allSummaries(): readonly RuleSummary[] {
    const own = this.documents().map(({ path }) => path);
    return [...own, ...this.#bundled.keys()].flatMap((path) => this.#summarize(path));
  }

  #summarize(path: string): readonly RuleSummary[] {
    const known = this.#summaries.get(path);
    const document = this.#saved.document(path);
    if (known !== undefined || document === undefined) return known ?? [];
    const place = this.#placeOf(path);
    const barred = this.#isLive(path) ? undefined : barredReasons[place];
    const rules = this.#saved.rulesOf(path);
    const made = summarizeRules({ root: this.#options.root, document, rules, place, barred });
    this.#summaries.set(path, made);
    return made;
  }

  #placeOf(path: string): RuleSummary['place'] {
    if (this.#bundled.has(path)) return 'library';
    if (isDraftPath(path)) return 'draft';
    return this.#isLive(path) ? 'live' : 'elsewhere';
  }

  #isLive(path: string): boolean {
    return isLivePath(path, this.#folders) || this.#used.some((name) => builtinPath(name) === path);
  }

  #livePaths(): readonly string[] {
    const own = this.documents().filter(({ path }) => isLivePath(path, this.#folders));
    return [...own.map(({ path }) => path), ...this.#used.map(builtinPath)];
  }

  /** Rule files, then what their parents, includes and mentions ask for, until nothing is left to be found out. */
  async #readAll(paths: readonly string[]): Promise<void> {
    let wishes: Wishes = new Map(paths.map((path) => [path, 'document']));
    do {
      const found = await readFiles(wishes, {
        ...this.#options,
        signalOf: (path) => this.#signals.get(path),
        known: (path) => this.#typed.catalog.document(path) ?? this.#saved.document(path),
      });
      this.#takeAll(found.filter(({ path }) => !this.#reading.isWaiting(path)));
      wishes = this.#lookedUp.takeWanted();
    } while (wishes.size > 0);
  }

  /** Takes in all before anything is worked out, so that nothing is worked out twice or from the half of it. */
  #takeAll(found: readonly FoundFile[]): void {
    const saved = new Set<string>();
    const typed = new Set<string>();
    for (const each of found) {
      const affected = this.#take(each);
      for (const path of affected.saved) saved.add(path);
      for (const path of affected.typed) typed.add(path);
    }
    this.#settleSaved(saved);
    for (const path of this.#typed.catchUp()) typed.add(path);
    this.#settleTyped(typed);
    for (const path of [...saved, ...typed]) this.#affected.add(path);
  }

  #take(found: FoundFile): AffectedFiles {
    const { path } = found;
    if (found.kind === 'document') {
      const before = this.#saved.document(path);
      if (before === found.document) return nothing;
      return {
        saved: this.#saved.set(path, found.document),
        typed: this.#typed.follow(path, found.document, before),
      };
    }
    if (!this.#lookedUp.learn(path, found)) return nothing;
    return { saved: this.#saved.changeFile(path), typed: this.#typed.changeFile(path) };
  }

  #takeAffected(): ReadonlySet<string> {
    const affected = this.#affected;
    this.#affected = new Set();
    return affected;
  }

  #settleSaved(paths: Iterable<string>): void {
    for (const path of paths) {
      const rules = this.#saved.rulesOf(path);
      this.#active.set(path, this.#isLive(path) ? rules : []);
      // Also what is only mentioned is looked up now, and not when somebody asks.
      this.#saved.references(path);
      this.#summaries.delete(path);
      this.#live = undefined;
      this.#liveSummaries = undefined;
    }
  }

  #settleTyped(paths: Iterable<string>): void {
    for (const path of paths) this.#typed.catalog.prepare(path);
  }
}

/** Why rules of these places do not act where they are not live. */
const barredReasons: Readonly<Record<RuleSummary['place'], string | undefined>> = {
  live: undefined,
  draft: 'it is a draft: promote it, and it acts',
  library: 'it is not switched on in the setting codegenLab.rules.builtin',
  elsewhere: 'its file lies outside of the folders whose rules act',
};

/** Rule files that may be others now, by the texts that count. */
interface AffectedFiles {
  readonly saved: ReadonlySet<string>;
  readonly typed: ReadonlySet<string>;
}

const nothing: AffectedFiles = { saved: new Set(), typed: new Set() };

function parseBuiltin(file: string, text: string): readonly [path: string, document: RuleDocument] {
  const path = builtinPath(file.replace(/\.mdc$/, ''));
  return [path, parseRuleDocument(path, text)];
}
