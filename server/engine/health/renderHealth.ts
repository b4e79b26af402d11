import type { HealthCheck, HealthReport } from '../../protocol/health.ts';

const marks: Readonly<Record<HealthCheck['state'], string>> = { good: '✓', attention: '⚠', bad: '✗' };

/** A health report as Markdown. */
export function renderHealth({ version, checks }: HealthReport): string {
  const rows = checks.map(({ title, state, seen, todo }) => [
    `${marks[state]} ${state}`,
    ...[title, seen, todo].map(plainCell),
  ]);
  return [
    '# Health of Codegen Lab',
    `Version ${version}. ${verdictOf(checks)}`,
    [['', 'what', 'seen', 'what to do'], ['---', '---', '---', '---'], ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ].join('\n\n');
}

/** One sentence about all checks. */
export function verdictOf(checks: readonly HealthCheck[]): string {
  const count = (state: HealthCheck['state']): number => checks.filter((each) => each.state === state).length;
  const [bad, attention] = [count('bad'), count('attention')];
  if (bad > 0) return `${bad} bad, ${attention} to look at, of ${checks.length}.`;
  return attention > 0
    ? `Nothing is bad; ${attention} of ${checks.length} to look at.`
    : `All ${checks.length} are good.`;
}

/** Names come from files of the workspace: nothing of them may act as Markdown that loads or links. */
export function plainCell(text: string): string {
  return text.replaceAll(/[\r\n|]+/g, ' ').replaceAll(/[<>![\]`]/g, (mark) => `\\${mark}`);
}
