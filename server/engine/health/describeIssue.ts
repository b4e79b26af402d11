import type { HealthCheck, HealthReport } from '../../protocol/health.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { foldRun } from '../journal/foldRun.ts';
import { createRedactor } from '../safety/redact.ts';
import { describeChangedSettings } from './changedSettings.ts';
import { examineHealth } from './examineHealth.ts';
import type { HealthParts } from './healthParts.ts';
import { plainCell, renderHealth } from './renderHealth.ts';

const shownRuns = 20;
const shownLines = 50;

/**
 * A report of an issue as Markdown: health, settings that were changed, how the last runs ended and what was logged last. No
 * prompt, no text of a rule, no content of a file and no message of a run is in it; folders are written as `.` and `~`, and all of
 * it is masked.
 */
export async function describeIssue(parts: HealthParts, root: string, signal: AbortSignal): Promise<string> {
  const { machine, journals, keys, providers, settings, logLines } = parts;
  const health = withoutQuotes(await examineHealth(parts, root, signal));
  const { home } = await machine.versions(signal);
  const storage = (await machine.storage()).path;
  const runs = (await journals.recent(root, shownRuns)).map(({ run, trusted, owned, events }) => ({
    run,
    state: trusted ? (owned ? 'running' : '') : 'foreign',
    view: trusted ? foldRun(root, events) : undefined,
  }));
  const keyValues = await Promise.all(
    providers.map(({ id }) => keys.read(id, signal).catch(() => undefined)),
  );
  const redact = createRedactor([...machine.secretValues(), ...keyValues.flatMap((value) => value ?? [])]);
  const places = [
    [root, '.'],
    [storage, '(own data)'],
    [home, '~'],
    [settings().tests.pythonPath, '(tests.pythonPath)'],
  ] as const;
  // Each text before it is escaped for Markdown, which would take a secret or a folder apart.
  const hide = (text: string): string => withoutPlaces(redact(text), places);
  const text = [
    '<!-- Read this before you send it: nothing was sent. Delete what you do not want to tell. -->',
    '## What happened\n\nWhat did you do, what did you expect, what happened instead?',
    renderHealth({ ...health, checks: health.checks.map((check) => hideIn(check, hide)) }).replace(
      '# Health',
      '## Health',
    ),
    section('Settings that are not as by default', describeChangedSettings(settings()).map(hide)),
    section('Last runs', runs.map(describeRun).map(hide)),
    section('Last lines of the log', logLines().slice(-shownLines).map(hide)),
  ].join('\n\n');
  return `${redact(text)}\n`;
}

interface ShownRun {
  readonly run: string;
  readonly state: string;
  /** undefined: its journal is foreign. */
  readonly view: RunView | undefined;
}

/** How it ended, without its message: that may quote a test or a file. */
function describeRun({ run, state, view }: ShownRun): string {
  if (view === undefined) return `${run} ${state}`;
  const { startedAt, action, rule, file, cause, model = '', outcome, phase, code = '' } = view;
  const cells = [
    ...[run, new Date(startedAt).toISOString(), action, `${rule} on ${file}`.trim(), cause.event, model],
    ...[outcome ?? (state || phase), code],
  ];
  return cells.filter((cell) => cell !== '').join(' · ');
}

function hideIn(check: HealthCheck, hide: (text: string) => string): HealthCheck {
  return { ...check, title: hide(check.title), seen: hide(check.seen), todo: hide(check.todo) };
}

/** What is wrong in the settings of models is told with the words that are wrong. */
function withoutQuotes(report: HealthReport): HealthReport {
  const checks = report.checks.map((check) =>
    check.id === 'models' && check.state === 'bad'
      ? { ...check, seen: 'Something is wrong in the settings of models; `clctl models check` says what.' }
      : check,
  );
  return { ...report, checks };
}

function section(title: string, lines: readonly string[]): string {
  const body = lines.length === 0 ? 'None.' : lines.map((line) => `- ${plainCell(line)}`).join('\n');
  return `## ${title}\n\n${body}`;
}

/** Folders tell who the person is and what the work is called. The longest first: one may lie in another. */
function withoutPlaces(text: string, places: readonly (readonly [string, string])[]): string {
  return places
    .filter(([folder]) => folder.length > 1)
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((rest, [folder, name]) => rest.replaceAll(folder, name), text);
}
