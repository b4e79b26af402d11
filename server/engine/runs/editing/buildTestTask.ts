import { formOf } from '../../generation/answerForm.ts';
import { buildTestPrompt } from '../../generation/buildTestPrompt.ts';
import { excerptManifest } from '../../generation/excerptManifest.ts';
import type { ContextFile, TestGaps } from '../../generation/promptInput.ts';
import type { Action, Rule } from '../../rules/rule.ts';
import type { RuleStore } from '../../rules/ruleStore.ts';
import { resolveInside } from '../../safety/pathJail.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { contextFiles } from '../contextFiles.ts';
import type { EditTask } from './editTask.ts';
import { findProperties, type PropertySearch } from './findProperties.ts';
import { guidingRules } from './guidingRules.ts';
import { moduleTypeOf } from './nearestManifest.ts';
import type { TestPlan } from '../planTests.ts';
import { failed, type RunEnd } from '../runScope.ts';

export interface TaskInput extends PropertySearch {
  readonly rules: RuleStore;
  readonly rule: Rule;
  readonly action: Action;
  /** What variables stand for in the action; empty in a `<rule>` block, where a word in braces is text. */
  readonly variables: Readonly<Record<string, string>>;
  /** Text of the source as it was committed last; undefined if it never was. */
  readonly committed: (path: string) => Promise<string | undefined>;
  /** What the tests do not run yet; undefined: not measured, or nothing. */
  readonly gaps?: TestGaps;
  /** Sentences about mutants that new tests are asked to notice; undefined: none in particular. */
  readonly survivors?: readonly string[];
  /** Room for the question. */
  readonly maxInputTokens: number;
}

/** Room for the question where no model says that it has less; what the answer may take is reserved apart. */
export const maxPromptTokens = 60_000;
const maxExamples = 2;

/** Gathers what the prompt holds and composes it. The same workspace gives the same bytes on any machine. */
export async function buildTestTask(input: TaskInput): Promise<EditTask | RunEnd> {
  const { action, file, plan, read, gaps, survivors, maxInputTokens } = input;
  const found = await findTestTarget(input);
  if ('outcome' in found) return found;
  const { source, target } = found;
  const [text, committed] = await Promise.all([read(target), input.committed(file)]);
  const context = await gatherContext(input, target);
  // Vitest loads every test file as a module, and cannot be loaded by `require` itself.
  const moduleType =
    plan.runner.id === 'vitest' ? 'module' : await moduleTypeOf({ files: plan.files, read }, target);
  // What shows one fault needs no properties.
  const properties = action.switches.redFirst ? undefined : await findProperties(input, source);
  const prompt = buildTestPrompt({
    ...guidingRules(input, [file, target, ...context.map(({ path }) => path)]),
    message: expand(input, action.message),
    source: { path: file, text: source },
    ...(committed === undefined ? {} : { committed }),
    target: { path: target, text },
    context,
    runner: {
      language: plan.runner.language === 'node' ? 'javascript' : plan.runner.language,
      advice: plan.runner.advice,
      base: plan.base,
      ...(moduleType ? { moduleType } : {}),
    },
    redFirst: action.switches.redFirst,
    ...(gaps === undefined ? {} : { gaps }),
    ...(survivors === undefined ? {} : { survivors }),
    ...(properties === undefined ? {} : { properties }),
    maxInputTokens,
  });
  if (!prompt.fits) {
    return failed(
      'prompt.too-long',
      `${file} and the rules that guide it make a prompt of about ${prompt.estimatedTokens} tokens; at most ${maxInputTokens} are sent. Split the file.`,
    );
  }
  return {
    targets: [target],
    form: formOf(text),
    prompt,
    moduleTypes: new Map([[target, moduleType]]),
    locksTests: false,
    mayChangeTests: false,
    mayDecline: false,
  };
}

/** The source and the test file that is to be written, before anything is asked or run for it. */
export async function findTestTarget(
  input: Pick<TaskInput, 'rule' | 'action' | 'file' | 'plan' | 'read' | 'variables'>,
): Promise<{ readonly source: string; readonly target: string } | RunEnd> {
  const { rule, action, file, plan, read } = input;
  const source = await read(file);
  if (source === undefined)
    return failed('source.missing', `${file} is not there any more, or it is no text.`);
  const target = targetOf(input);
  if (target === undefined)
    return failed(
      'action.bad-target',
      `The target ${action.target ?? ''} of rule ${rule.name} leads out of the workspace. Correct it.`,
    );
  const guarded = findProtected(target);
  if (guarded !== undefined)
    return failed(
      'action.bad-target',
      `The target ${target} of rule ${rule.name} is protected (${guarded.pattern}): it ${guarded.why}. Name another file.`,
    );
  if (!plan.runner.isTestFile(target)) {
    return failed(
      'action.bad-target',
      `The target ${target} of rule ${rule.name} is no file that ${plan.runner.id} collects. Name it like its other tests.`,
    );
  }
  return { source, target };
}

/** The rule's own target, else beside the nearest tests. undefined: it leaves the folder. */
function targetOf(input: Pick<TaskInput, 'action' | 'file' | 'plan' | 'variables'>): string | undefined {
  const { action, file, plan } = input;
  if (action.target === undefined) return plan.runner.newTestPath(file, plan.near);
  const jailed = resolveInside(expand(input, input.action.target ?? ''));
  return jailed.kind === 'inside' ? jailed.path : undefined;
}

function expand({ variables }: Pick<TaskInput, 'variables'>, template: string): string {
  return expandVariables(template, variables);
}

/** Existing tests as examples of style, the manifest, and what the rule's `context` names. */
async function gatherContext(
  { action, rule, plan, read }: TaskInput,
  target: string,
): Promise<readonly ContextFile[]> {
  const examples = [...new Set([...plan.concerned, ...(plan.near === undefined ? [] : [plan.near])])].filter(
    (path) => path !== target,
  );
  const wanted: (readonly [string, ContextFile['role']])[] = [
    ...contextFiles(action.context, rule.scope, plan.files).map((path) => [path, 'context'] as const),
    ...examples.slice(0, maxExamples).map((path) => [path, 'example'] as const),
    ...manifestsOf(plan).map((path) => [path, 'manifest'] as const),
  ];
  const files: ContextFile[] = [];
  for (const [path, role] of wanted) {
    const text = await read(path);
    const shown = text !== undefined && role === 'manifest' ? excerptManifest(path, text) : text;
    if (shown !== undefined) files.push({ path, text: shown, role });
  }
  return files;
}

function manifestsOf({ base, files }: TestPlan): readonly string[] {
  const prefix = base === '' ? '' : `${base}/`;
  return ['package.json', 'pyproject.toml'].map((name) => prefix + name).filter((path) => files.has(path));
}
