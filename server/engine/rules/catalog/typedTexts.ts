import type { FileRead } from '../../ports/files.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument } from '../rule.ts';
import { isRulePath } from '../rulePaths.ts';
import type { KnownFiles } from './knownFiles.ts';
import type { LayerCatalog } from './layerCatalog.ts';

const none: ReadonlySet<string> = new Set();

/** Texts that are typed and not saved, laid over the rules of the disk. Without any there is no layer and it costs nothing. */
export class TypedTexts {
  readonly #saved: LayerCatalog;
  readonly #files: KnownFiles;
  readonly #texts = new Map<string, string>();
  #layer: LayerCatalog | undefined;

  constructor(saved: LayerCatalog, files: KnownFiles) {
    this.#saved = saved;
    this.#files = {
      read: (path) => this.#readTyped(path) ?? files.read(path),
      exists: (path) => this.#texts.has(path) || files.exists(path),
    };
  }

  get catalog(): LayerCatalog {
    return this.#layer ?? this.#saved;
  }

  /** The text that is typed, if there is one; `undefined` throws it away. Returns the rule files that it concerns. */
  set(path: string, text: string | undefined): ReadonlySet<string> {
    if (this.#texts.get(path) === text) return none;
    if (text === undefined) return this.#drop(path);
    this.#texts.set(path, text);
    if (!isRulePath(path)) return this.catalog.dependsOn(path) ? this.#forked().changeFile(path) : none;
    if (this.catalog.document(path)?.text === text) return none;
    return this.#forked().set(path, parseRuleDocument(path, text));
  }

  /**
   * A rule file was read from the disk, and is in the saved catalog in place of `before`. What is typed stays until it is
   * saved or thrown away; of a file that was deleted only what was typed since it was saved.
   */
  follow(
    path: string,
    document: RuleDocument | undefined,
    before: RuleDocument | undefined,
  ): ReadonlySet<string> {
    const typed = this.#texts.get(path);
    if (typed === undefined) return this.#layer?.set(path, document) ?? none;
    if (document === undefined && typed === before?.text) return this.#drop(path);
    if (typed !== document?.text) {
      return this.#layer === undefined ? this.#forked().set(path, parseRuleDocument(path, typed)) : none;
    }
    const isOther = this.#layer?.document(path) !== document;
    const affected = isOther ? (this.#layer?.set(path, document) ?? none) : none;
    if (this.#isAllSaved()) this.#layer = undefined;
    return affected;
  }

  /** Another file changed on the disk. */
  changeFile(path: string): ReadonlySet<string> {
    if (this.#layer === undefined || this.#texts.has(path)) return none;
    return this.#layer.changeFile(path);
  }

  /** Saved rules may include by now what has long been typed. Returns the rule files that it concerns. */
  catchUp(): ReadonlySet<string> {
    if (this.#layer !== undefined) return none;
    const included = [...this.#texts.keys()].filter(
      (path) => !isRulePath(path) && this.#saved.dependsOn(path),
    );
    return new Set(included.flatMap((path) => [...this.#forked().changeFile(path)]));
  }

  #drop(path: string): ReadonlySet<string> {
    this.#texts.delete(path);
    const layer = this.#layer;
    if (layer === undefined) return none;
    const affected = isRulePath(path) ? layer.set(path, this.#saved.document(path)) : layer.changeFile(path);
    if (this.#texts.size === 0) this.#layer = undefined;
    return affected;
  }

  #forked(): LayerCatalog {
    return (this.#layer ??= this.#saved.fork(this.#files));
  }

  #isAllSaved(): boolean {
    return [...this.#texts.keys()].every((path) => {
      return isRulePath(path) && this.#saved.document(path)?.text === this.#texts.get(path);
    });
  }

  #readTyped(path: string): FileRead | undefined {
    const text = this.#texts.get(path);
    return text === undefined ? undefined : { kind: 'text', text };
  }
}
