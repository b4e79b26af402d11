import { chooseForm } from '../../generation/chooseForm.ts';
import { buildEditPrompt } from '../../generation/buildEditPrompt.ts';
import type { EditKind } from '../../generation/editInstructions.ts';
import { excerptManifest } from '../../generation/excerptManifest.ts';
import type { ContextFile } from '../../generation/promptInput.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { contextFiles } from '../contextFiles.ts';
import type { EditTask } from './editTask.ts';
import { guidingRules, type Guided } from './guidingRules.ts';
import { moduleTypeOf } from './nearestManifest.ts';
import type { TestPlan } from '../planTests.ts';
import { routeOf } from '../routeOf.ts';
import type { RoutingReading } from '../readRouting.ts';
import { failed, type RunEnd } from '../runScope.ts';
import type { Settings } from '../../settings.ts';

export interface EditTaskInput extends Guided {
  readonly kind: EditKind;
  /** The file that the rule fires on, relative to the folder. */
  readonly file: string;
  /** The only files that may be written; at least one. */
  readonly targets: readonly string[];
  /** What variables stand for in the action; empty in a `<rule>` block, where a word in braces is text. */
  readonly variables: Readonly<Record<string, string>>;
  /** undefined: no test can be run for what is written. */
  readonly plan: TestPlan | undefined;
  /** All files of the folder. */
  readonly files: ReadonlySet<string>;
  /** What failed, as data in fences. */
  readonly failures: readonly string[];
  /** Text of a file as the run began; undefined if there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Text of the source as it was committed last; undefined if it never was. */
  readonly committed: (path: string) => Promise<string | undefined>;
  /** Room for the question. */
  readonly maxInputTokens: number;
  readonly settings: Settings;
  /** Who may be asked; undefined: that is not known. */
  readonly routing?: RoutingReading;
}

const maxTests = 3;

/** Gathers what the prompt holds and composes it. The same workspace gives the same bytes on any machine. */
export async function buildEditTask(input: EditTaskInput): Promise<EditTask | RunEnd> {
  const { kind, file, targets, files, read, failures, maxInputTokens, action, variables } = input;
  const [text, committed] = await Promise.all([read(file), input.committed(file)]);
  const written = await Promise.all(targets.map(async (path) => ({ path, text: await read(path) })));
  const context = await gatherContext(input);
  const form = chooseForm({
    texts: written.map((target) => target.text),
    models: modelsOf(input),
    wish: action.answerForm ?? input.settings.ai.answerForm ?? 'auto',
  });
  const prompt = buildEditPrompt({
    ...guidingRules(input, [...new Set([file, ...targets, ...context.map(({ path }) => path)])]),
    kind,
    message: expandVariables(action.message, variables),
    source: text === undefined ? undefined : { path: file, text },
    ...(committed === undefined ? {} : { committed }),
    targets: written,
    context,
    failures,
    form,
    maxInputTokens,
  });
  if (!prompt.fits) {
    return failed(
      'prompt.too-long',
      `${targets.join(', ')} and the rules that guide the work make a prompt of about ${prompt.estimatedTokens} tokens; at most ${maxInputTokens} are sent. Split the file.`,
    );
  }
  const moduleTypes = await Promise.all(
    targets.map(async (path) => [path, await moduleTypeOf({ files, read }, path)] as const),
  );
  return {
    targets,
    form,
    prompt,
    moduleTypes: new Map(moduleTypes),
    locksTests: !action.switches.mayChangeTests,
    mayChangeTests: action.switches.mayChangeTests,
    mayDecline: true,
  };
}

/** Names of those who may be asked. */
function modelsOf({ routing, action, rule }: EditTaskInput): readonly string[] {
  const route = routing === undefined ? undefined : routeOf({ routing, action, rule });
  return route === undefined || 'message' in route ? [] : route.candidates.map(({ model }) => model);
}

/** What the rule's `context` names, the tests that judge the work, and the manifest. */
async function gatherContext(input: EditTaskInput): Promise<readonly ContextFile[]> {
  const { action, rule, plan, files, read, targets } = input;
  const tests = (plan?.concerned ?? []).filter((path) => !targets.includes(path));
  const wanted: (readonly [string, ContextFile['role']])[] = [
    ...contextFiles(action.context, rule.scope, files).map((path) => [path, 'context'] as const),
    ...tests.slice(0, maxTests).map((path) => [path, 'test'] as const),
    ...manifestsOf(plan).map((path) => [path, 'manifest'] as const),
  ];
  const shown: ContextFile[] = [];
  for (const [path, role] of wanted) {
    const text = await read(path);
    const part = text !== undefined && role === 'manifest' ? excerptManifest(path, text) : text;
    if (part !== undefined) shown.push({ path, text: part, role });
  }
  return shown;
}

function manifestsOf(plan: TestPlan | undefined): readonly string[] {
  if (plan === undefined) return [];
  const prefix = plan.base === '' ? '' : `${plan.base}/`;
  return ['package.json', 'pyproject.toml']
    .map((name) => prefix + name)
    .filter((path) => plan.files.has(path));
}
