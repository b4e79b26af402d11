import {
  usageGroupings,
  type LatencyRow,
  type UsageReport,
  type UsageRow,
} from '../../server/protocol/usageReport.ts';

/** What calls of models took and cost, as Markdown. */
export function renderUsageReport({ runs, total, by, latency, target }: UsageReport): string {
  if (total.calls === 0) return `No model was asked in the last ${runs} runs.`;
  const heads = ['calls', 'failed', 'tokens in', 'tokens out', 'cost'];
  return [
    `${total.calls} calls in ${runs} runs: ${cost(total)}.`,
    ...usageGroupings.map((grouping) => table([grouping, ...heads], by[grouping].map(usageCells))),
    '## How long answers take',
    table(
      ['role', 'provider', 'answers', 'first token (p50, p90, p99)', 'total (p50, p90, p99)'],
      latency.map((row) => latencyCells(row)),
    ),
    ...targetLines(target),
  ].join('\n\n');
}

function usageCells(row: UsageRow): readonly string[] {
  const about = row.estimated ? '~' : '';
  return [
    row.name,
    String(row.calls),
    String(row.failed),
    `${about}${row.input + row.cacheRead + row.cacheWrite}`,
    `${about}${row.output}`,
    cost(row),
  ];
}

function latencyCells({ role, provider, answers, firstToken, total }: LatencyRow): readonly string[] {
  const times = ({ p50, p90, p99 }: LatencyRow['total']): string => `${p50}, ${p90}, ${p99} ms`;
  return [role, provider, String(answers), times(firstToken), times(total)];
}

function targetLines({ firstTokenMs, totalMs }: UsageReport['target']): readonly string[] {
  const parts = [
    ...(firstTokenMs > 0 ? [`first token ${firstTokenMs} ms`] : []),
    ...(totalMs > 0 ? [`total ${totalMs} ms`] : []),
  ];
  return parts.length === 0 ? [] : [`Your targets: ${parts.join(', ')}.`];
}

function cost({ usd, unknownPrice }: UsageRow): string {
  const known = `$${usd.toFixed(4)}`;
  return unknownPrice ? `${known} and an unknown part` : known;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [render(heads), render(heads.map(() => '---')), ...rows.map(render)].join('\n');
}

/** Names of rules and models are others' words: nothing of them may act as Markdown that loads or links. */
function plain(text: string): string {
  return text.replaceAll(/[\r\n|]+/g, ' ').replaceAll(/[<>![\]]/g, (mark) => `\\${mark}`);
}
