import type { ReviewFinding } from '../../server/protocol/testDisplay.ts';
import { escapeMarkdown } from '../views/render.ts';

/** A finding as the first comment of its thread, in Markdown. What a model wrote is text there, never a link or an image. */
export function renderFinding({ message, fix, id }: ReviewFinding): string {
  const dismiss = link('Dismiss', 'codegenLab.dismissFinding', id);
  if (fix === undefined) return [escapeMarkdown(message), dismiss].join('\n\n');
  const lines = [...marked('-', fix.replaces ?? ''), ...marked('+', fix.newText)];
  const apply = link('Apply Suggestion', 'codegenLab.applySuggestion', id);
  return [escapeMarkdown(message), fence(lines.join('\n')), `${apply} · ${dismiss}`].join('\n\n');
}

function link(title: string, command: string, id: string): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([{ id }]))})`;
}

function marked(sign: string, text: string): readonly string[] {
  if (text === '') return [];
  return text
    .replace(/\r?\n$/u, '')
    .split(/\r\n|\r|\n/u)
    .map((line) => `${sign} ${line}`);
}

/** With a fence that is longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}diff\n${text}\n${ticks}`;
}
