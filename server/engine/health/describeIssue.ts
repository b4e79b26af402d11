import type { HealthReport } from '../../protocol/health.ts';
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
  const lines = logLines().slice(-shownLines);
  const text = [
    '<!-- Read this before you send it: nothing was sent. Delete what you do not want to tell. -->',
    '## What happened\n\nWhat did you do, what did you expect, what happened instead?',
    renderHealth(health).replace('# Health', '## Health'),
    section('Settings that are not as by default', describeChangedSettings(settings())),
    section(
      'Last runs',
      runs.map(({ run, state, view }) =>
        view === undefined
          ? `${run} ${state}`
          : [
              run,
              new Date(view.startedAt).toISOString(),
              view.action,
              `${view.rule} on ${view.file}`.trim(),
              view.cause.event,
              view.model ?? '',
              view.outcome ?? (state || view.phase),
              view.code ?? '',
            ]
              .filter((cell) => cell !== '')
              .join(' · '),
      ),
    ),
    section('Last lines of the log', lines),
  ].join('\n\n');
  return `${redact(
    withoutPlaces(text, [
      [root, '.'],
      [storage, '(own data)'],
      [home, '~'],
    ]),
  )}\n`;
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
