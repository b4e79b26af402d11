import type { TestCounts } from '../../server/protocol/tests.ts';

/** USD; a plus sign says that a part has no known price. Empty when nothing was spent. */
export function renderCost(usd: number, unknownPrice: boolean): string {
  if (usd === 0) return unknownPrice ? 'unknown cost' : '';
  const digits = usd < 0.01 ? 4 : 2;
  return `$${usd.toFixed(digits)}${unknownPrice ? '+' : ''}`;
}

export function renderTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  return tokens < 999_500 ? `${trim(tokens / 1000)}k` : `${trim(tokens / 1_000_000)}M`;
}

export function renderDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${trim(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Empty without counts. */
export function renderTests(counts: TestCounts | undefined): string {
  if (!counts) return '';
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return parts.join(', ');
}

/** Text of a rule, a file or a model inside Markdown that holds command links: it must stay text. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
