import type { EditorSettings } from '../protocol/requests.ts';
import type { CommandContext, EngineOptions, RunningEngine } from './commandContext.ts';
import { resolveCommandSettings } from './commandSettings.ts';
import { check } from './commands/check.ts';
import { listModels } from './commands/listModels.ts';
import { listRules } from './commands/listRules.ts';
import { runRule } from './commands/runRule.ts';
import { runTests } from './commands/runTests.ts';
import { showLog } from './commands/showLog.ts';
import { showRule } from './commands/showRule.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { helpCommand, helpTexts } from './helpTexts.ts';
import { usageError, type HelpTopic, type UsageError, type WorkInvocation } from './invocation.ts';
import { createPaints, type Output } from './output.ts';
import { createOutputLog } from './outputLog.ts';
import { createOutputTerminal, silentTerminal } from './outputTerminal.ts';
import { parseArguments } from './parseArguments.ts';
import { placeFiles, placeRoot, type PlacedFiles } from './placeFiles.ts';
import { plainLine } from './render/plainText.ts';

/** The world of one command line; nothing else of the process is looked at. */
export interface CommandLine {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The user's home folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `--version` prints. */
  readonly version: string;
  readonly output: Output;
  /** The settings that the environment gives. */
  readonly environment: EnvironmentSettings;
  /** Called at most once, and only for an invocation that is right so far. */
  readonly createEngine: (options: EngineOptions) => RunningEngine;
}

export interface EnvironmentSettings {
  readonly settings: EditorSettings;
  readonly problems: readonly { readonly message: string }[];
  /** Variables that look like settings and are none. */
  readonly unknown: readonly string[];
}

/** Runs one command line to its end and tells the exit code. Never rejects; a fault of ours is told in a sentence. */
export async function runCommandLine(line: CommandLine, signal: AbortSignal): Promise<ExitCode> {
  const { output, version } = line;
  const invocation = parseArguments(line.argv);
  if (invocation.kind === 'usageError') return tellUsage(invocation, output);
  if (invocation.kind === 'version' || invocation.kind === 'help') {
    output.stdout(invocation.kind === 'version' ? `${version}\n` : helpTexts[invocation.topic]);
    return exitCodes.good;
  }
  try {
    const code = await work(invocation, line, signal);
    return typeof code === 'number' ? code : tellUsage(code, output);
  } catch (error) {
    if (signal.aborted) return exitCodes.cancelled;
    return tellFault(error, line);
  }
}

async function work(
  invocation: WorkInvocation,
  line: CommandLine,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { cwd, home, output, environment } = line;
  const topic = topicOf(invocation);
  const [problem] = environment.problems;
  if (problem) return usageError(topic, problem.message);
  for (const name of environment.unknown)
    output.stderr(`${plainLine(name)} is no setting of this version; it has no effect.\n`);
  const place = placeRoot(invocation.root, cwd, home);
  if ('problem' in place) return usageError(topic, place.problem);
  const placed = placeFiles(namesOf(invocation), { root: place.root, cwd });
  if ('problem' in placed) return usageError(topic, placed.problem);
  const [folder] = placed.folders;
  if (folder !== undefined && invocation.kind !== 'check') {
    return usageError(topic, `${folder === '' ? 'The workspace folder' : folder} is a folder; name a file.`);
  }
  if (signal.aborted) return exitCodes.cancelled;
  return withEngine(invocation, line, { root: place.root, placed, signal });
}

interface Place {
  readonly root: string;
  readonly placed: PlacedFiles;
  readonly signal: AbortSignal;
}

async function withEngine(
  invocation: WorkInvocation,
  { cwd, env, output, environment, createEngine }: CommandLine,
  { root, placed, signal }: Place,
): Promise<ExitCode | UsageError> {
  const paints = createPaints(output, env);
  const settings = resolveCommandSettings(environment.settings, invocation, cwd);
  const watches = invocation.kind === 'test' && !invocation.json;
  const running = createEngine({
    settings,
    trusted: 'trust' in invocation && invocation.trust,
    applyEdits: invocation.kind === 'run' && invocation.apply,
    terminal: watches ? createOutputTerminal(output, paints.stderr) : silentTerminal,
    log: createOutputLog(output, settings.trace),
  });
  const context: CommandContext = { ...running, root, cwd, settings, output, paints };
  try {
    return await execute(invocation, placed, context, signal);
  } finally {
    await running.engine.dispose();
  }
}

function execute(
  invocation: WorkInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  switch (invocation.kind) {
    case 'run':
      return runRule(invocation, placed.files[0] ?? '', context, signal);
    case 'check':
      return check(invocation, placed, context, signal);
    case 'test':
      return runTests(invocation, placed.files, context, signal);
    case 'rules':
      return listRules(invocation.json, context, signal);
    case 'ruleShow':
      return showRule(invocation, context, signal);
    case 'models':
      return listModels(invocation.json, context, signal);
    case 'log':
      return showLog(invocation, context, signal);
  }
}

function namesOf(invocation: WorkInvocation): readonly string[] {
  if (invocation.kind === 'run') return [invocation.file];
  return invocation.kind === 'check' || invocation.kind === 'test' ? invocation.files : [];
}

function topicOf({ kind }: WorkInvocation): HelpTopic {
  if (kind === 'run' || kind === 'check' || kind === 'test') return kind;
  return kind === 'ruleShow' ? 'ctl rule' : `ctl ${kind}`;
}

function tellUsage({ message, topic }: UsageError, output: Output): ExitCode {
  output.stderr(`codegen-lab: ${plainLine(message)}\nSee ${helpCommand(topic)}.\n`);
  return exitCodes.usage;
}

function tellFault(error: unknown, { output, environment }: CommandLine): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  output.stderr(`codegen-lab: a fault of Codegen Lab: ${plainLine(message)}\n`);
  const isTraced =
    environment.settings.trace !== 'off' && error instanceof Error && error.stack !== undefined;
  output.stderr(
    isTraced
      ? `${error.stack ?? ''}\n`
      : 'Set CODEGEN_LAB_CONFIG_TRACE_SERVER=verbose to see where it happened.\n',
  );
  return exitCodes.usage;
}
