import type { StatusView, ViewState } from '../../server/protocol/viewState.ts';
import type { TestCounts } from '../../server/protocol/tests.ts';
import type { CommandName } from '../../server/protocol/commands.ts';
import type { ServerState } from '../server/serverConnection.ts';
import { describePhase } from './describeRun.ts';
import { escapeMarkdown, renderCost, renderTokens } from './render.ts';

/** What the status item shows. */
export interface StatusDescription {
  readonly text: string;
  /** Markdown with command links. */
  readonly tooltip: string;
  readonly severity: 'usual' | 'warning' | 'error';
  readonly command: CommandName;
  readonly accessibilityLabel: string;
}

/** What tests say of the file that is looked at. */
export interface FileStatus {
  readonly name: string;
  /** Of a test file: its last results. */
  readonly tests?: TestCounts;
  /** Of other code: how much of it tests ran, whole. */
  readonly percent?: number;
}

interface Face {
  readonly icon: string;
  readonly words: string;
  readonly severity: StatusDescription['severity'];
  readonly command: CommandName;
}

const name = 'Codegen Lab';

/** `state` is undefined until the server has sent one. */
export function describeStatus(
  state: ViewState | undefined,
  server: ServerState,
  file?: FileStatus,
): StatusDescription {
  const face = state && server === 'running' ? faceOf(state) : serverFace(server);
  const label = face.words ? `${name}: ${face.words}` : name;
  return {
    text: `$(${face.icon}) ${label}`,
    tooltip: [`**${name}**`, ...tooltipLines(state, server, file), links(state, server)].join('\n\n'),
    severity: face.severity,
    command: face.command,
    accessibilityLabel: state ? `${label}. ${state.status.message}` : label,
  };
}

function serverFace(server: ServerState): Face {
  if (server === 'failed') {
    return { icon: 'warning', words: 'stopped', severity: 'error', command: 'codegenLab.restartServer' };
  }
  if (server === 'unresponsive')
    return { icon: 'warning', words: 'not answering', severity: 'warning', command: 'codegenLab.doctor' };
  return { icon: 'beaker', words: '', severity: 'usual', command: 'codegenLab.showRuns' };
}

function faceOf(state: ViewState): Face {
  const { status } = state;
  const usual = { icon: 'beaker', words: '', severity: 'usual', command: 'codegenLab.showRuns' } as const;
  switch (status.state) {
    case 'busy':
      return { ...usual, icon: 'sync~spin', words: busyWords(state) };
    case 'waiting':
      return { ...usual, icon: 'bell-dot', severity: 'warning', ...waitingFace(state) };
    case 'red':
      return { ...usual, icon: 'error', words: 'tests red', severity: 'error' };
    case 'off':
      return { ...usual, icon: 'circle-slash', words: 'off' };
    case 'noModel':
      return { ...usual, words: 'no model', command: 'codegenLab.chooseModel' };
    case 'restricted':
      return { ...usual, icon: 'shield', words: 'restricted', command: 'workbench.trust.manage' };
    case 'error':
      return { ...usual, icon: 'warning', words: 'problem', severity: 'error' };
    case 'noRules':
      return { ...usual, words: 'no rules', command: 'codegenLab.newRule' };
    case 'idle':
      return usual;
  }
}

function busyWords({ status, runs }: ViewState): string {
  if (status.running > 1) return `${status.running} runs`;
  const busy = runs.find((run) => run.phase !== 'finished' && run.waitingOn === undefined);
  return busy ? describePhase(busy) : 'busy';
}

function waitingFace({ status, runs }: ViewState): Pick<Face, 'words' | 'command'> {
  const waiting = runs.filter((run) => run.waitingOn !== undefined);
  const count = Math.max(status.waiting, waiting.length);
  const isAll = (reason: string): boolean =>
    waiting.length > 0 && waiting.every((run) => run.waitingOn === reason);
  if (isAll('decision')) return { words: `${count} to review`, command: 'codegenLab.showProposal' };
  if (isAll('approval')) return { words: `${count} to allow`, command: 'codegenLab.approveRule' };
  if (isAll('unconfined')) return { words: 'tests wait', command: 'codegenLab.allowUnconfined' };
  return { words: `${count} waiting`, command: 'codegenLab.showRuns' };
}

function tooltipLines(
  state: ViewState | undefined,
  server: ServerState,
  file: FileStatus | undefined,
): readonly string[] {
  if (!state || server !== 'running') return [serverLine(server)];
  const { status } = state;
  return [
    escapeMarkdown(status.message),
    ...(file === undefined ? [] : [`$(file-code) ${escapeMarkdown(file.name)}: ${fileWords(file)}`]),
    `$(hubot) Model: ${status.model === undefined ? 'none chosen' : escapeMarkdown(status.model)}`,
    `$(credit-card) Today: ${spentWords(status)}`,
    `$(law) ${status.rules} ${status.rules === 1 ? 'rule' : 'rules'}, ${status.running} running, ${status.waiting} waiting`,
  ];
}

function fileWords({ tests, percent }: FileStatus): string {
  if (tests === undefined) return `${percent ?? 0} % of lines covered`;
  const { passed, failed, skipped, flaky = 0 } = tests;
  const counts = [
    [failed, 'failed'],
    [flaky, 'flaky'],
    [passed, 'passed'],
    [skipped, 'skipped'],
  ] as const;
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ') || 'no tests';
}

function serverLine(server: ServerState): string {
  if (server === 'failed')
    return 'The language server is stopped. Restart it to go on; your files are whole, and runs that were cut short can be resumed.';
  if (server === 'unresponsive')
    return 'The language server does not answer. If that goes on, it is started again by itself; your files are whole.';
  return server === 'running' ? 'Reading the rules.' : 'Starting.';
}

function spentWords({ spentToday, usdPerDay }: StatusView): string {
  const cost = renderCost(spentToday.usd, spentToday.unknownPrice) || '$0.00';
  const of = usdPerDay === undefined ? '' : ` of $${usdPerDay.toFixed(2)}`;
  return `${escapeMarkdown(cost + of)}, ${escapeMarkdown(renderTokens(spentToday.tokens))} tokens`;
}

function links(state: ViewState | undefined, server: ServerState): string {
  const link = (text: string, command: CommandName): string => `[${text}](command:${command})`;
  if (server === 'failed' || server === 'unresponsive')
    return [
      link('Restart', 'codegenLab.restartServer'),
      link('Doctor', 'codegenLab.doctor'),
      link('Show Log', 'codegenLab.showLog'),
    ].join(' · ');
  const first = firstLinks(state?.status).map(([text, command]) => link(text, command));
  return [
    ...first,
    link('Runs', 'codegenLab.showRuns'),
    link('Model', 'codegenLab.chooseModel'),
    link('Usage', 'codegenLab.showUsage'),
    link('Log', 'codegenLab.showLog'),
  ].join(' · ');
}

function firstLinks(status: StatusView | undefined): readonly (readonly [string, CommandName])[] {
  switch (status?.state) {
    case 'noModel':
      return [
        ['Set API Key', 'codegenLab.setApiKey'],
        ['Use Ollama', 'codegenLab.useOllama'],
        ['Try Recorded Demo', 'codegenLab.tryRecordedDemo'],
      ];
    case 'busy':
      return [['Stop All', 'codegenLab.stopAll']];
    case 'waiting':
      return [['Review', 'codegenLab.showProposal']];
    case 'noRules':
      return [['New Rule', 'codegenLab.newRule']];
    case 'restricted':
      return [['Manage Trust', 'workbench.trust.manage']];
    default:
      return [];
  }
}
