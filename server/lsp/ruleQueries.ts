import type { Engine } from '../engine/engine.ts';
import { describeRule as describe } from '../engine/authoring/explain/describeRule.ts';
import { renderEffectiveRule } from '../engine/authoring/effective/renderEffectiveRule.ts';
import { createWorkspacePaths } from '../engine/rules/globs/workspacePaths.ts';
import type { RuleCatalog } from '../engine/rules/ruleCatalog.ts';
import type { Origin } from '../engine/rules/rule.ts';
import { resolveEvent } from '../engine/rules/vocabulary/events.ts';
import type { EventExplanation } from '../engine/triggers/explain/explainEvent.ts';
import type { RuleExplanation } from '../engine/triggers/explain/explainRules.ts';
import type { Explanation } from '../engine/triggers/explain/explanation.ts';
import type { ExplainedRule, RuleAnswer } from '../protocol/requests.ts';
import { linesOf } from './authoring/openRule.ts';
import { uriOf, type Folders, type PlacedFile } from './folders.ts';

/** An event by its name, and who causes it. Without a name that is known: any event of the file. */
interface Moment {
  readonly on?: string;
  readonly origin?: Origin;
}

/** None for a file outside the open folders. */
export async function explainRules(
  engine: Engine,
  placed: PlacedFile | undefined,
  { on = '', origin = 'user' }: Moment,
  signal: AbortSignal,
): Promise<readonly ExplainedRule[]> {
  if (placed === undefined) return [];
  const { root, path } = placed;
  const queries = engine.ruleQueries(root);
  if (queries === undefined) return [];
  const general = await queries.explain(path, signal);
  const name = resolveEvent(on);
  const explanations =
    name === undefined
      ? general
      : joinAnswers(general, await queries.explainEvent({ root, path, name, origin, depth: 0 }, signal));
  const catalog = engine.ruleCatalog(root, 'saved');
  return explanations.map(({ rule, guides, fires }) => ({
    ruleId: rule.id,
    name: rule.name,
    kind: rule.kind,
    guides: toAnswer(guides, { root, catalog }),
    fires: toAnswer(fires, { root, catalog }),
  }));
}

/** Whether they guide from the one, whether they fire from the other, in its order. */
function joinAnswers(
  general: readonly RuleExplanation[],
  onEvent: readonly EventExplanation[],
): readonly RuleExplanation[] {
  const byId = new Map(general.map((each) => [each.rule.id, each]));
  return onEvent.flatMap(({ rule, fires }) => {
    const known = byId.get(rule.id);
    return known === undefined ? [] : { ...known, fires };
  });
}

export async function findMatchedFiles(
  engine: Engine,
  { folder, ruleId, limit }: { readonly folder: string; readonly ruleId: string; readonly limit: number },
  signal: AbortSignal,
): Promise<{ readonly uris: readonly string[]; readonly more: boolean } | undefined> {
  const matched = await engine.ruleQueries(folder)?.matchedFiles(ruleId, limit, signal);
  return matched && { uris: matched.files.map((path) => uriOf(folder, path)), more: matched.more };
}

/** As it is being written: what is typed and not saved counts. */
export function readEffectiveRule(
  engine: Engine,
  { folder, ruleId }: { readonly folder: string; readonly ruleId: string },
): { readonly text: string } | undefined {
  const catalog = engine.ruleCatalog(folder, 'typed');
  const text = catalog && renderEffectiveRule(catalog, ruleId);
  return text === undefined ? undefined : { text };
}

/** As it is being written, too. Rejects when the signal aborts while files are listed. */
export async function describeRule(
  engine: Engine,
  { folder, ruleId }: { readonly folder: string; readonly ruleId: string },
  signal: AbortSignal,
): Promise<{ readonly markdown: string } | undefined> {
  const paths = engine.workspacePaths(folder);
  await paths?.load(signal);
  const catalog = engine.ruleCatalog(folder, 'typed');
  if (catalog === undefined) return undefined;
  const workspace = paths?.known() ?? createWorkspacePaths([]);
  const summary = engine.rules('all').find((each) => each.folder === folder && each.ruleId === ruleId);
  const markdown = describe({ catalog, workspace, inactiveReason: summary?.inactiveReason }, ruleId);
  return markdown === undefined ? undefined : { markdown };
}

/** The library is the same in every folder. */
export function readBundledRule(
  engine: Engine,
  folders: Folders,
  uri: string,
): { readonly text: string } | undefined {
  for (const root of folders.roots()) {
    const document = engine.ruleCatalog(root, 'saved')?.document(uri);
    if (document !== undefined) return { text: document.text };
  }
  return undefined;
}

interface AnswerContext {
  readonly root: string;
  readonly catalog: RuleCatalog | undefined;
}

function toAnswer(
  { applies, reason, by, change }: Explanation,
  { root, catalog }: AnswerContext,
): RuleAnswer {
  const answer = { applies, reason, ...(change === undefined ? {} : { change }) };
  const document = by === undefined ? undefined : catalog?.document(by.path);
  if (by === undefined || document === undefined) return answer;
  const uri = by.path.startsWith('builtin:') ? by.path : uriOf(root, by.path);
  return { ...answer, place: { uri, range: linesOf(document).toRange(by.span) } };
}
