import type { RightDenied } from '../engine/audit/rights.ts';
import type { Digest } from '../engine/ports/digest.ts';
import type { EditorSettings } from '../protocol/requests.ts';
import { createAcceptingPerson } from './acceptedParts.ts';
import { readApproved } from './approvalsFiles.ts';
import type { CommandContext, EngineOptions, RunningEngine } from './commandContext.ts';
import { resolveCommandSettings } from './commandSettings.ts';
import { execute } from './execute.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { helpTexts } from './helpTexts.ts';
import { usageError, type HelpTopic, type UsageError, type WorkInvocation } from './invocation.ts';
import { createPaints, type Output } from './output.ts';
import { createOutputLog } from './outputLog.ts';
import { createOutputTerminal, silentTerminal } from './outputTerminal.ts';
import { parseArguments } from './parseArguments.ts';
import {
  folderOfName,
  placeFiles,
  placeName,
  placeRoot,
  type PlacedFiles,
  type PlacedRoot,
} from './placeFiles.ts';
import { plainLine } from './render/plainText.ts';
import type { ReadAnswer } from './readAnswer.ts';
import { createTerminalPerson } from './terminalPerson.ts';

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
  readonly digest: Digest;
  /** Reads one line from whoever sits at the terminal; undefined: nobody does. */
  readonly readAnswer?: ReadAnswer | undefined;
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
  const place = placeInvocation(invocation, cwd, home);
  if ('problem' in place) return usageError(topic, place.problem);
  const placed = placeFiles(namesOf(invocation), { root: place.root, cwd });
  if ('problem' in placed) return usageError(topic, placed.problem);
  const [folder] = placed.folders;
  if (folder !== undefined && !takesFolders(invocation)) {
    return usageError(topic, `${folder === '' ? 'The workspace folder' : folder} is a folder; name a file.`);
  }
  if (signal.aborted) return exitCodes.cancelled;
  return withEngine(invocation, line, { root: place.root, isWorkspace: place.isWorkspace, placed, signal });
}

interface Place {
  readonly root: string;
  readonly isWorkspace: boolean;
  readonly placed: PlacedFiles;
  readonly signal: AbortSignal;
}

async function withEngine(
  invocation: WorkInvocation,
  { cwd, env, output, version, environment, digest, readAnswer, createEngine }: CommandLine,
  { root, isWorkspace, placed, signal }: Place,
): Promise<ExitCode | UsageError> {
  const paints = createPaints(output, env);
  const settings = resolveCommandSettings(environment.settings, invocation, cwd);
  const watches = invocation.kind === 'test' && !invocation.json;
  const approved = readApproved(invocation, cwd, digest);
  if (approved !== undefined && 'problem' in approved)
    return usageError(topicOf(invocation), approved.problem);
  const running = createEngine({
    settings,
    trusted: 'trust' in invocation && invocation.trust,
    approved: approved?.rules,
    byRules: invocation.kind !== 'test' && invocation.kind !== 'mutate',
    applyEdits:
      invocation.kind === 'undo' ||
      (invocation.kind === 'run' && (invocation.apply || invocation.ask || invocation.accept.length > 0)),
    writesRules: writesRules(invocation),
    terminal: watches ? createOutputTerminal(output, paints.stderr) : silentTerminal,
    log: createOutputLog(output, invocation.logLevel, settings.trace),
    person:
      invocation.kind === 'run' && invocation.accept.length > 0
        ? createAcceptingPerson(invocation.accept, output)
        : readAnswer && createTerminalPerson(readAnswer, output, paints.stderr),
  });
  const context: CommandContext = { ...running, root, isWorkspace, cwd, settings, output, paints, version };
  try {
    const denied = await takeTrust(invocation, context);
    if (denied !== undefined) {
      output.stderr(`${plainLine(denied.message)}\n`);
      return exitCodes.refused;
    }
    return await execute(invocation, placed, context, signal);
  } finally {
    await running.engine.dispose();
  }
}

/** A person's word for this one invocation; it is logged each time. */
async function takeTrust(
  invocation: WorkInvocation,
  { root, rights }: CommandContext,
): Promise<RightDenied | undefined> {
  const isTrusted = 'trust' in invocation && invocation.trust;
  const isApproved = 'approvals' in invocation && invocation.approvals !== undefined;
  if (!isTrusted && !isApproved) return undefined;
  const by = { kind: 'person', detail: isTrusted ? '--trust' : '--approvals' } as const;
  return rights.take(root, { who: { kind: 'person' }, right: { kind: 'trust' }, by });
}

function namesOf(invocation: WorkInvocation): readonly string[] {
  if (invocation.kind === 'run') return [invocation.file];
  return 'files' in invocation ? invocation.files : [];
}

function takesFolders({ kind }: WorkInvocation): boolean {
  return kind === 'check' || kind === 'validateRules' || kind === 'migrate' || kind === 'import';
}

/** Rule files may be named from anywhere: one outside of this workspace brings its own. */
function placeInvocation(invocation: WorkInvocation, cwd: string, home: string): PlacedRoot {
  const here = placeRoot(invocation.root, cwd, home);
  const isAboutRules = invocation.kind === 'validateRules' || invocation.kind === 'migrate';
  const [first] = isAboutRules && invocation.root === undefined ? invocation.files : [];
  if (first === undefined || 'problem' in here) return here;
  const isHere = here.isWorkspace && placeName(first, { root: here.root, cwd }) !== undefined;
  return isHere ? here : placeRoot(undefined, folderOfName(first, cwd), home);
}

function writesRules(invocation: WorkInvocation): boolean {
  if (invocation.kind === 'ruleCreate') return true;
  if ('fix' in invocation) return invocation.fix;
  return 'write' in invocation && invocation.write;
}

function topicOf({ kind }: WorkInvocation): HelpTopic {
  switch (kind) {
    case 'run':
    case 'check':
    case 'hooks':
    case 'approvals':
    case 'test':
    case 'mutate':
    case 'watch':
    case 'explain':
    case 'undo':
    case 'sandbox':
    case 'doctor':
    case 'report':
      return kind;
    case 'ruleShow':
    case 'ruleCreate':
    case 'ruleRename':
    case 'ruleTest':
      return 'ctl rule';
    case 'modelsCheck':
      return 'ctl models';
    case 'validateRules':
      return 'ctl validate-rules';
    default:
      return `ctl ${kind}`;
  }
}

function tellUsage({ message, topic }: UsageError, output: Output): ExitCode {
  const help = topic === 'program' ? 'codegen-lab --help' : `codegen-lab ${topic} --help`;
  output.stderr(`codegen-lab: ${plainLine(message)}\nSee ${help}.\n`);
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
