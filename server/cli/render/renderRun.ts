import type { RunResult } from '../../engine/engine.ts';
import type { ProposedFile, TokenUsage } from '../../protocol/runEvents.ts';
import type { Finding } from '../../protocol/text.ts';
import type { TestCounts } from '../../protocol/tests.ts';
import type { RunView } from '../../protocol/viewState.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plainText.ts';
import { changeOf, countLines, renderDiff } from './renderDiff.ts';

/** A run as the one document of `--json`. */
export function toRunDocument({ run, outcome, code, message, view }: RunResult): unknown {
  return {
    run,
    outcome,
    code,
    message,
    files: (view?.files ?? []).map((file) => ({
      path: file.path,
      change: changeOf(file),
      diff: renderDiff(file),
    })),
    actions: (view?.actions ?? []).map(
      ({ action, kind, command, attempt, result: ended, message: said, findings }) => ({
        action,
        kind,
        command,
        attempt,
        result: ended ?? null,
        message: said,
        findings,
      }),
    ),
    tests: { before: view?.testsBefore ?? null, after: view?.testsAfter ?? null },
    candidates: view?.candidates ?? null,
    assessment: view?.assessment ?? null,
    usage: view?.usage ?? null,
    cost: view ? costOf(view) : null,
    timeline: view?.timeline ?? [],
  };
}

/** USD of a run, or `unknown` when a part of it is. */
export function costOf({ cost, unknownPrice }: RunView): number | 'unknown' {
  return unknownPrice ? 'unknown' : cost;
}

/** How a run ended, for people: what, then tests, tokens, cost and where it is kept. */
export function renderSummary({ run, outcome, code, message, view }: RunResult, paint: Paint): string {
  const isGood = outcome === 'landed' || outcome === 'proposed' || outcome === 'unchanged';
  const title = `${outcome[0]?.toUpperCase() ?? ''}${outcome.slice(1)}`;
  const rows = view ? rowsOf(view) : [];
  const named = code === 'ok' ? rows : [['Code', code] as const, ...rows];
  const kept = run === '' ? [] : [['Run', run] as const];
  const lines = [...named, ...kept].map(
    ([name, value]) => `  ${paint.dim(name.padEnd(8))}${plainLine(value)}\n`,
  );
  return `\n${(isGood ? paint.green : paint.red)(title)}: ${plainLine(message)}\n${lines.join('')}`;
}

function rowsOf(view: RunView): readonly (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = view.files.map((file) => ['File', renderFile(file)] as const);
  for (const { action, kind, result, message, findings } of view.actions) {
    rows.push(['Action', `${action} ${result ?? 'was cut short'}: ${message}`]);
    // What a command reports stands in its own output already.
    if (kind === 'review') rows.push(...findings.map((each) => ['Finding', renderFinding(each)] as const));
  }
  const isTested = view.testsBefore !== undefined || view.testsAfter !== undefined;
  // A run of commands alone has neither tests nor tokens to tell of.
  if (isTested || view.actions.length === 0)
    rows.push(['Tests', `before ${renderCounts(view.testsBefore)}; after ${renderCounts(view.testsAfter)}`]);
  if (view.model !== undefined) rows.push(['Model', view.model]);
  if (view.model !== undefined || view.actions.length === 0)
    rows.push(['Tokens', renderUsage(view.usage)], ['Cost', renderCost(costOf(view))]);
  return rows;
}

function renderFinding({ path, range: { start }, severity, message, fix }: Finding): string {
  const more = fix === undefined ? '' : ' (with a suggested edit)';
  return `${path}:${start.line + 1}:${start.character + 1} ${severity}: ${message}${more}`;
}

function renderFile(file: ProposedFile): string {
  const { added, removed } = countLines(renderDiff(file));
  return `${changeOf(file)} ${file.path} +${added} -${removed}`;
}

export function renderCounts(counts: TestCounts | undefined): string {
  return counts ? `${counts.passed} passed, ${counts.failed} failed` : 'not run';
}

export function renderUsage({ input, output, cacheRead, cacheWrite, estimated }: TokenUsage): string {
  const cached = cacheRead + cacheWrite;
  const parts = [`${input + cached} in`, `${output} out`];
  if (cacheRead > 0) parts.push(`${cacheRead} of them from the provider's cache`);
  return `${parts.join(', ')}${estimated ? ' (estimated)' : ''}`;
}

export function renderCost(cost: number | 'unknown'): string {
  return cost === 'unknown' ? 'unknown' : `$${cost.toFixed(4)}`;
}
