import { createLineMap } from '../documents/lineMap.ts';
import type { Files } from '../ports/files.ts';
import { noChoices } from '../routing/modelChoices.ts';
import { modelsFilePath, parseModelsFile, readModelSettings } from '../routing/modelsFile/parseModelsFile.ts';
import type { ChoicesReading, ModelsProblem } from '../routing/modelsFile/readModelChoices.ts';
import type { RoutingSources } from '../routing/resolveRoute.ts';
import type { Settings } from '../settings.ts';

/** What the person and the team say of models, read anew: the file is small, and what it limits must hold at once. */
export interface RoutingReading {
  readonly sources: RoutingSources;
  /** Why nothing may be asked: limits of the team that cannot be understood; undefined: nothing stands in the way. */
  readonly obstacle: string | undefined;
  /** What is wrong in the team's file; undefined: there is none. */
  readonly file: (ChoicesReading & { readonly text: string }) | undefined;
  /** What is wrong in the settings. */
  readonly settingProblems: readonly ModelsProblem[];
}

export async function readRouting(
  {
    files,
    root,
    settings,
  }: { readonly files: Pick<Files, 'read'>; readonly root: string; readonly settings: Settings },
  signal: AbortSignal,
): Promise<RoutingReading> {
  const { ai, models } = settings;
  const user = readModelSettings(models);
  const read = await files.read(root, modelsFilePath, signal);
  const file = read.kind === 'text' ? { ...parseModelsFile(read.text), text: read.text } : undefined;
  const team = file?.choices ?? noChoices;
  const unread = read.kind === 'text' || read.kind === 'missing' ? undefined : explainUnread();
  return {
    sources: { ai, providers: models.providers, user: user.choices, team },
    obstacle: unread ?? explainSettings(user.problems) ?? (file && explainBroken(file)),
    file,
    settingProblems: user.problems,
  };
}

function explainUnread(): string {
  return `${modelsFilePath} cannot be read, so its limits are not known and no model is asked. Make it a text file of at most 1 MB, or delete it.`;
}

/** The person's own limits that are not understood must not become none either. */
function explainSettings(problems: readonly ModelsProblem[]): string | undefined {
  const broken = problems.find(({ severity, path }) => severity === 'error' && path[0] === 'limits');
  return (
    broken &&
    `codegenLab.models.${broken.path.join('.')} cannot be understood, so no model is asked: ${broken.message}`
  );
}

/** Limits that are not understood must not become none. */
function explainBroken({ text, problems }: ChoicesReading & { readonly text: string }): string | undefined {
  const broken = problems.find(
    ({ severity, code, path }) => severity === 'error' && (code === 'models.bad-yaml' || isLimit(path)),
  );
  if (!broken) return undefined;
  const { line } = createLineMap(text).positionAt(broken.span.start);
  return `${modelsFilePath}:${line + 1} cannot be understood, so no model is asked: ${broken.message}`;
}

/** A misspelt key at the top may be meant to be `limits`. */
function isLimit(path: readonly string[]): boolean {
  return path[0] === 'limits' || path.length === 1 || path.includes('max_tokens') || path.includes('timeout');
}
