import { formOf, type AnswerForm } from '../generation/answerForm.ts';
import { buildTestPrompt } from '../generation/buildTestPrompt.ts';
import { excerptManifest } from '../generation/excerptManifest.ts';
import type {
  BuiltPrompt,
  ContextFile,
  PromptRule,
  PromptRunner,
  TestPromptInput,
} from '../generation/promptInput.ts';
import { readModuleType } from '../generation/readModuleType.ts';
import { seesPath } from '../rules/globs/matchRuleGlobs.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import { resolveInside } from '../safety/pathJail.ts';
import { findProtected } from '../safety/protectedPaths.ts';
import { expandVariables } from '../triggers/expandVariables.ts';
import { contextFiles } from './contextFiles.ts';
import type { TestPlan } from './planTests.ts';
import { failed, type RunEnd } from './runScope.ts';

/** What a model is asked for, ready to be sent. */
export interface TestTask {
  /** The one file that may be written, relative to the folder. */
  readonly target: string;
  readonly form: AnswerForm;
  readonly prompt: BuiltPrompt;
  /** How the nearest manifest says that a script of the target's folder is read; undefined for other languages. */
  readonly moduleType: PromptRunner['moduleType'];
}

export interface TaskInput {
  readonly rules: RuleStore;
  readonly rule: Rule;
  readonly action: Action;
  /** The source, relative to the folder. */
  readonly file: string;
  /** What variables stand for in the action; empty in a `<rule>` block, where a word in braces is text. */
  readonly variables: Readonly<Record<string, string>>;
  readonly plan: TestPlan;
  /** Text of a file as the run began; undefined if there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Text of the source as it was committed last; undefined if it never was. */
  readonly committed: (path: string) => Promise<string | undefined>;
  /** Room for the question. */
  readonly maxInputTokens: number;
}

/** Room for the question where no model says that it has less; what the answer may take is reserved apart. */
export const maxPromptTokens = 60_000;
const maxExamples = 2;

/** Gathers what the prompt holds and composes it. The same workspace gives the same bytes on any machine. */
export async function buildTestTask(input: TaskInput): Promise<TestTask | RunEnd> {
  const { rule, action, file, plan, read, maxInputTokens } = input;
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
  const [text, committed] = await Promise.all([read(target), input.committed(file)]);
  const context = await gatherContext(input, target);
  const moduleType =
    plan.runner.id === 'pytest' ? undefined : readModuleType(target, await nearestManifest(input, target));
  const prompt = buildTestPrompt({
    ...rulesFor(input, [file, target, ...context.map(({ path }) => path)]),
    rule: promptRule(rule, input.rules),
    message: expand(input, action.message),
    source: { path: file, text: source },
    ...(committed === undefined ? {} : { committed }),
    target: { path: target, text },
    context,
    runner: {
      language: plan.runner.id === 'pytest' ? 'python' : 'javascript',
      advice: plan.runner.advice,
      base: plan.base,
      ...(moduleType ? { moduleType } : {}),
    },
    maxInputTokens,
  });
  if (!prompt.fits) {
    return failed(
      'prompt.too-long',
      `${file} and the rules that guide it make a prompt of about ${prompt.estimatedTokens} tokens; at most ${maxInputTokens} are sent. Split the file.`,
    );
  }
  return { target, form: formOf(text), prompt, moduleType };
}

/** The rule's own target, else beside the nearest tests. undefined: it leaves the folder. */
function targetOf(input: TaskInput): string | undefined {
  const { action, file, plan } = input;
  if (action.target === undefined) return plan.runner.newTestPath(file, plan.near);
  const jailed = resolveInside(expand(input, input.action.target ?? ''));
  return jailed.kind === 'inside' ? jailed.path : undefined;
}

function expand({ variables }: TaskInput, template: string): string {
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

async function nearestManifest({ plan, read }: TaskInput, path: string): Promise<string | undefined> {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`;
    if (plan.files.has(manifest)) return read(manifest);
    if (folder === '') return undefined;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Which other rules guide this work: each kind as Cursor defines it. The firing rule stands apart. */
function rulesFor(
  input: TaskInput,
  paths: readonly string[],
): Pick<TestPromptInput, 'always' | 'attached' | 'named' | 'requested'> {
  const guiding = input.rules
    .liveRules()
    .filter((rule) => rule.active && rule.form === 'file' && rule.id !== input.rule.id);
  const attached = new Set(paths.flatMap((path) => input.rules.rulesFor(path)).map((rule) => rule.id));
  const named = new Set(input.action.context.flatMap((wish) => namedRule(input, wish)));
  const sees = (rule: Rule): boolean => paths.some((path) => seesPath(rule, path));
  const select = (holds: (rule: Rule) => boolean): readonly PromptRule[] =>
    guiding.filter(holds).map((rule) => promptRule(rule, input.rules));
  return {
    always: select((rule) => rule.kind === 'always' && sees(rule)),
    attached: select((rule) => rule.kind === 'autoAttached' && attached.has(rule.id)),
    requested: select((rule) => rule.kind === 'agentRequested' && sees(rule)),
    named: select((rule) => rule.kind === 'manual' && named.has(rule.id)),
  };
}

/** A rule as an entry of `context` names it, seen from the rule that fires; globs name none. */
function namedRule({ rules, rule }: TaskInput, wish: string): readonly string[] {
  const target = wish.replace(/^@/u, '');
  const nowhere = { start: 0, end: 0 };
  const reference = { kind: 'rule', target, heading: undefined, span: nowhere, whole: nowhere } as const;
  const found = rules.saved.resolve(reference, rule.path);
  return found.kind === 'rule' ? [found.ruleId] : [];
}

function promptRule(rule: Rule, { saved }: RuleStore): PromptRule {
  const { id, name, description, scope, priority, body } = rule;
  const messages = rule.actions
    .filter((action) => action.type === 'suggest' && action.message !== '')
    .map((action) => action.message);
  const pieces = saved.effective(id)?.pieces ?? [];
  if (pieces.length < 2) return { id, name, description, scope, priority, body, messages };
  const parts = pieces.map(({ text, path, span }) => ({
    text,
    source: `${path}:${span.start}-${span.end}`,
    isOwn: path === rule.path,
  }));
  return { id, name, description, scope, priority, body, messages, pieces: parts };
}
