import type { RuleSummary } from '../../protocol/requests.ts';
import type { OfferedRule } from '../engine.ts';
import { createFolderPaths } from '../rules/globs/folderPaths.ts';
import type { EventName, Rule } from '../rules/rule.ts';
import { createRuleStore, type RuleStore } from '../rules/ruleStore.ts';
import { readProblemSettings } from '../rules/severities/problemSettings.ts';
import type { Settings } from '../settings.ts';
import type { EnginePorts } from './enginePorts.ts';
import type { FolderState } from './folderState.ts';
import { folderSwitches } from './folderSwitches.ts';
import { actingActions } from './startRun.ts';

export interface OpenFoldersParts {
  readonly ports: Pick<EnginePorts, 'files' | 'builtinRules' | 'log'>;
  readonly settings: () => Settings;
  /** Rules came or went while nobody waited for them. */
  readonly onDidChange: () => void;
}

/** The workspace folders that are open, and the rules of them all. */
export class OpenFolders {
  readonly #parts: OpenFoldersParts;
  readonly #folders = new Map<string, FolderState>();

  constructor(parts: OpenFoldersParts) {
    this.#parts = parts;
  }

  get(root: string): FolderState | undefined {
    return this.#folders.get(root);
  }

  all(): readonly FolderState[] {
    return [...this.#folders.values()];
  }

  /** A folder that is not open yet; its rules are still to be read. */
  add(root: string): FolderState {
    const { files, builtinRules } = this.#parts.ports;
    const paths = createFolderPaths(files, root);
    const rules = createRuleStore({ files, root, builtin: builtinRules, paths: () => paths.known() });
    useSettings(rules, this.#parts.settings());
    const folder: FolderState = { root, rules, paths, ready: Promise.resolve(), lastSeen: new Map() };
    this.#folders.set(root, folder);
    return folder;
  }

  remove(root: string): void {
    this.#folders.delete(root);
  }

  /** Once its rules are known; undefined: it is not open. */
  async ready(root: string): Promise<FolderState | undefined> {
    const folder = this.#folders.get(root);
    await folder?.ready;
    return folder;
  }

  /** The same; undefined also where no rule is to fire. */
  async firing(root: string): Promise<FolderState | undefined> {
    return folderSwitches(this.#parts.settings(), root).enabled ? this.ready(root) : undefined;
  }

  /** Lets the settings decide which rules are live. */
  configure(): void {
    for (const { rules } of this.all()) {
      if (useSettings(rules, this.#parts.settings()).dialects) void this.#loadDialects(rules);
    }
  }

  summaries(which: 'live' | 'all'): readonly RuleSummary[] {
    return this.all().flatMap(({ rules }) => (which === 'live' ? rules.summaries() : rules.allSummaries()));
  }

  /** Rules that a person may run on a file. */
  offered(root: string, path: string): readonly OfferedRule[] {
    const rules = this.#folders.get(root)?.rules.rulesFor(path) ?? [];
    return rules
      .filter((rule) => rule.active && actingActions(rule.actions).length > 0)
      .map(({ id, name, actions }) => ({
        ruleId: id,
        name,
        fixes: actions.some(({ type }) => type === 'fix'),
      }));
  }

  listensTo(event: EventName): boolean {
    return this.all().some(({ rules }) => eventsOf(rules.liveRules()).has(event));
  }

  async #loadDialects(rules: RuleStore): Promise<void> {
    const { ports, onDidChange } = this.#parts;
    try {
      await rules.loadDialects(new AbortController().signal);
    } catch (error) {
      ports.log.warn(
        `Rule files of other tools cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    onDidChange();
  }
}

/** `dialects`: other ones than before, whose files are to be read. */
function useSettings(rules: RuleStore, { rules: settings }: Settings): { readonly dialects: boolean } {
  rules.useBuiltin(settings.builtin);
  rules.useFolders(settings.folders);
  rules.useProblemSettings(readProblemSettings(settings.problems));
  return { dialects: rules.useDialects(settings.dialects) };
}

// Lists of rules are immutable, and the same is asked for with every change of the view.
const knownEvents = new WeakMap<readonly Rule[], ReadonlySet<EventName>>();

/** The events on which an active rule of the list fires. */
function eventsOf(rules: readonly Rule[]): ReadonlySet<EventName> {
  const known = knownEvents.get(rules);
  if (known !== undefined) return known;
  const active = rules.filter((rule) => rule.active);
  const events = new Set(active.flatMap(({ on }) => on.map(({ value }) => value)));
  knownEvents.set(rules, events);
  return events;
}
