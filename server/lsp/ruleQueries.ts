import type { Engine } from '../engine/engine.ts';
import { describeRule as describe } from '../engine/authoring/explain/describeRule.ts';
import { renderEffectiveRule } from '../engine/authoring/effective/renderEffectiveRule.ts';
import { createWorkspacePaths } from '../engine/rules/globs/workspacePaths.ts';
import type { RuleCatalog } from '../engine/rules/ruleCatalog.ts';
import type { Explanation } from '../engine/triggers/explain/explanation.ts';
import type { ExplainedRule, RuleAnswer } from '../protocol/requests.ts';
import { linesOf } from './authoring/openRule.ts';
import { uriOf, type Folders, type PlacedFile } from './folders.ts';

/** None for a file outside the open folders. */
export async function explainRules(
  engine: Engine,
  placed: PlacedFile | undefined,
  signal: AbortSignal,
): Promise<readonly ExplainedRule[]> {
  if (placed === undefined) return [];
  const { root, path } = placed;
  const explanations = (await engine.ruleQueries(root)?.explain(path, signal)) ?? [];
  const catalog = engine.ruleCatalog(root, 'saved');
  return explanations.map(({ rule, guides, fires }) => ({
    ruleId: rule.id,
    name: rule.name,
    kind: rule.kind,
    guides: toAnswer(guides, { root, catalog }),
    fires: toAnswer(fires, { root, catalog }),
  }));
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
