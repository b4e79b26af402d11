import type { ModelsReport, TriedModel } from '../../server/protocol/modelsReport.ts';

/** A report about models as Markdown. */
export function renderModelsReport({ roles, limits, problems, tried }: ModelsReport): string {
  const skipped = [...new Set(roles.flatMap((role) => role.skipped))];
  return [
    '# Models',
    ...(problems.length > 0 ? ['## To be mended', list(problems)] : []),
    '## Who is asked',
    table(
      ['role', 'what', 'value', 'from'],
      roles.flatMap(({ role, values }) =>
        values.map(({ name, value, source }, index) => [
          index === 0 ? `**${role}**` : '',
          name,
          value,
          source,
        ]),
      ),
    ),
    ...(skipped.length > 0 ? ['### Passed over', list(skipped)] : []),
    '## Limits',
    table(
      ['limit', 'value', 'from'],
      limits.map(({ name, value, source }) => [name, value, source]),
    ),
    ...(tried.length > 0
      ? [
          '## What they answered',
          table(
            ['model', '', 'first token', 'total', 'cost'],
            tried.map((each) => [
              each.model,
              `${each.ok ? '✓' : '✗'} ${each.message}`,
              renderMs(each.firstTokenMs),
              renderMs(each.ms),
              renderCost(each.cost),
            ]),
          ),
        ]
      : []),
  ].join('\n\n');
}

function renderMs(ms: number | undefined): string {
  return ms === undefined ? '' : `${ms} ms`;
}

function renderCost(cost: TriedModel['cost']): string {
  if (cost === null) return 'nothing';
  return cost === 'unknown' ? 'unknown' : `$${cost.toFixed(6)}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${plain(line)}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [render(heads), render(heads.map(() => '---')), ...rows.map(render)].join('\n');
}

/** Names come from files of the workspace and from endpoints: nothing of them may act as Markdown that loads or links. */
function plain(text: string): string {
  return text.replaceAll(/[\r\n|]+/g, ' ').replaceAll(/[<>![\]]/g, (mark) => `\\${mark}`);
}
