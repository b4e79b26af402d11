import type { Files } from '../../ports/files.ts';
import { ActiveRules } from '../catalog/activeRules.ts';
import type { Rule } from '../rule.ts';
import { dialectOf, findDialect } from './dialectList.ts';
import { readDialectRule } from './readDialectRule.ts';

export interface DialectFolder {
  readonly files: Files;
  readonly root: string;
}

/**
 * Rule files of other tools in one folder, read as rules where they lie. They guide and never fire. Nothing is looked for
 * until a tool is named.
 */
export class DialectRules {
  readonly #folder: DialectFolder;
  readonly #rules = new Map<string, Rule>();
  readonly #active = new ActiveRules();
  #ids: readonly string[] = [];

  constructor(folder: DialectFolder) {
    this.#folder = folder;
  }

  /** Whose files count; words that name no tool are passed over. False if they are the same as before. */
  use(ids: readonly string[]): boolean {
    const known = [...new Set(ids)].filter((id) => findDialect(id) !== undefined).toSorted();
    if (known.join() === this.#ids.join()) return false;
    this.#ids = known;
    for (const path of [...this.#rules.keys()]) if (!this.#owns(path)) this.#take(path, undefined);
    return true;
  }

  /** Looks for the files anew and reads them all. */
  async load(signal: AbortSignal): Promise<void> {
    if (this.#ids.length === 0) return;
    const { files, root } = this.#folder;
    const found = new Set((await files.list(root, signal)).filter((path) => this.#owns(path)));
    if (signal.aborted) return;
    for (const path of [...this.#rules.keys()]) if (!found.has(path)) this.#take(path, undefined);
    for (const path of found) await this.#read(path, signal);
  }

  /** Reads those of these files again that are rules here. False if none is. */
  async reload(paths: readonly string[], signal: AbortSignal): Promise<boolean> {
    const own = paths.filter((path) => this.#owns(path));
    for (const path of own) await this.#read(path, signal);
    return own.length > 0;
  }

  /** By path, inactive ones included. */
  rules(): readonly Rule[] {
    return [...this.#rules].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, rule]) => rule);
  }

  /** The active ones that are about the file. */
  match(path: string): readonly Rule[] {
    return this.#active.match(path);
  }

  #owns(path: string): boolean {
    return this.#ids.length > 0 && dialectOf(path, this.#ids) !== undefined;
  }

  async #read(path: string, signal: AbortSignal): Promise<void> {
    const { files, root } = this.#folder;
    const read = await files.read(root, path, signal);
    const dialect = dialectOf(path, this.#ids);
    if (signal.aborted || dialect === undefined) return;
    const rule = read.kind === 'text' ? readDialectRule(dialect, path, read.text) : undefined;
    this.#take(path, rule?.document.file);
  }

  #take(path: string, rule: Rule | undefined): void {
    if (rule === undefined) this.#rules.delete(path);
    else this.#rules.set(path, rule);
    this.#active.set(path, rule === undefined ? [] : [rule]);
  }
}
