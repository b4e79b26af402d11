import { isCheckAction } from '../rules/modelActions.ts';
import type { RuleCatalog } from '../rules/ruleCatalog.ts';
import type { FiringContext } from '../triggers/decideFirings.ts';
import { explainEvent, type EventExplanation } from '../triggers/explain/explainEvent.ts';
import { explainRulesFor, type RuleExplanation } from '../triggers/explain/explainRules.ts';
import { placeOf, type Explanation } from '../triggers/explain/explanation.ts';
import { findMatchedFiles, type MatchedFiles } from '../triggers/explain/matchedFiles.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { findBar, type Bar, type BarParts } from './findBar.ts';
import { findIgnored } from './findIgnored.ts';
import { findImports, type ImportOffer } from './findImports.ts';
import type { FolderState } from './folderState.ts';
import type { RunDeps } from './runScope.ts';

/** What a person asks about the rules of one folder, as they are saved. All of it rejects after an abort. */
export interface RuleQueries {
  /** Which rules apply to a file, which do not, and why. */
  explain(path: string, signal: AbortSignal): Promise<readonly RuleExplanation[]>;
  /**
   * What every rule would do on an event that need not have happened, in the order in which they would fire, with all that
   * may keep it from acting: settings, trust, approvals. Nothing fires. `only`: ids of the rules that are asked about.
   */
  explainEvent(
    event: FileEvent,
    signal: AbortSignal,
    only?: ReadonlySet<string>,
  ): Promise<readonly EventExplanation[]>;
  /** The files that a rule is about, `limit` of them at most; undefined when no rule has this id. */
  matchedFiles(ruleId: string, limit: number, signal: AbortSignal): Promise<MatchedFiles | undefined>;
  /** What the rule files of other tools come to as files of ours. Nothing is written. */
  imports(signal: AbortSignal): Promise<readonly ImportOffer[]>;
}

export interface RuleQueryParts extends Pick<BarParts, 'settings' | 'heldBy'> {
  readonly deps: BarParts['deps'] & Pick<RunDeps, 'edits' | 'files'>;
  readonly context: FiringContext;
}

export function createRuleQueries(folder: FolderState, parts: RuleQueryParts): RuleQueries {
  const { root, rules, paths } = folder;
  const { deps, settings, heldBy } = parts;
  const contextFor = async (path: string, signal: AbortSignal): Promise<FiringContext> => ({
    ...parts.context,
    ignored: await findIgnored({ files: deps.files, root }, path, signal),
  });
  const liveIds = (): ReadonlySet<string> => new Set(rules.liveRules().map(({ id }) => id));
  return {
    explain: async (path, signal) => {
      await folder.ready;
      const context = await contextFor(path, signal);
      return explainRulesFor({ catalog: rules.saved, live: liveIds(), root, path, context, signal });
    },
    explainEvent: async (told, signal, only) => {
      await folder.ready;
      const event = await withTexts(told, folder, parts, signal);
      const catalog = rules.saved;
      const context = await contextFor(event.path, signal);
      const explained = await explainEvent({
        ...{ catalog, live: liveIds(), event, context, signal },
        ...(only === undefined ? {} : { only }),
      });
      const isText =
        event.text !== undefined || told.name === 'delete' || !(await isThere(event, parts, signal));
      return Promise.all(
        explained.map(async (each) => {
          if (each.fires.applies !== 'yes') return each;
          if (!isText) return { ...each, actions: [], fires: notOfText(event.path) };
          const bar = await findBar({ deps, folder, settings, heldBy }, each, event, signal);
          return { ...each, fires: bar === undefined ? delayed(each) : barred(each, bar, catalog) };
        }),
      );
    },
    matchedFiles: async (ruleId, limit, signal) => {
      await folder.ready;
      const rule = rules.saved.effective(ruleId)?.rule;
      if (rule === undefined) return undefined;
      const { context } = parts;
      return findMatchedFiles({ root, rule, paths: await paths.load(signal), limit, context, signal });
    },
    imports: (signal) => findImports(deps.files, root, signal),
  };
}

function isThere({ root, path }: FileEvent, { deps }: RuleQueryParts, signal: AbortSignal): Promise<boolean> {
  return deps.files.exists(root, path, signal);
}

/** Neither checks nor anything else looks at such a file. */
function notOfText(path: string): Explanation {
  return {
    applies: 'no',
    reason: `\`${path}\` is no text file of at most 1 MB`,
    by: undefined,
    change: 'Choose a text file of at most 1 MB.',
  };
}

/** The event with what the file is: as it is staged, where that is committed. */
async function withTexts(
  told: FileEvent,
  { root }: FolderState,
  { deps, context }: RuleQueryParts,
  signal: AbortSignal,
): Promise<FileEvent> {
  if (told.name === 'delete') return told;
  const { path } = told;
  const state = told.name === 'commit' ? await context.git?.state(root, path, signal) : undefined;
  const text = told.text ?? state?.indexed ?? (await deps.edits.current(root, path, signal));
  if (text === undefined) return told;
  const before =
    state === undefined ? told.before : (told.before ?? (await context.git?.committed(root, path, signal)));
  return { ...told, text, ...(before === undefined ? {} : { before }) };
}

function barred({ rule, actions }: EventExplanation, bar: Bar, catalog: RuleCatalog): Explanation {
  const checksToo = actions.some(({ type }) => isCheckAction(type));
  const effective = bar.key === undefined ? undefined : catalog.effective(rule.id);
  return {
    applies: bar.asks === true ? 'onRequest' : 'no',
    reason: checksToo ? `only its checks look at the file: ${bar.reason}` : bar.reason,
    by:
      effective && placeOf({ catalog, effective }, bar.key ?? '', { span: rule.written.get(bar.key ?? '') }),
    change: bar.change,
  };
}

/** Says how long it waits for quiet. */
function delayed({ rule, actions, fires }: EventExplanation): Explanation {
  if (actions.every(({ type }) => isCheckAction(type))) return fires;
  return { ...fires, reason: `${fires.reason}; it waits until the file was quiet for ${rule.debounceMs} ms` };
}
