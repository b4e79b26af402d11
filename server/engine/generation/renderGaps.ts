import { showName } from './fenceText.ts';
import type { TestGaps } from './promptInput.ts';

const maxPlaces = 20;
const maxColumns = 80;

/** What tests lack, as points of a list. A model cannot count lines reliably, so each place is quoted from the source as well. */
export function renderGaps({ lines, branches }: TestGaps, source: string): readonly string[] {
  const text = source.split(/\r\n|\n|\r/u);
  return [
    ...renderPlaces(
      'Lines that no test runs yet; begin with these',
      lines.map(([first, last]) => renderRange(first, last, text)),
    ),
    ...renderPlaces(
      'Conditions that no test takes both ways yet',
      branches.map((line) => renderRange(line, line, text)),
    ),
  ];
}

function renderPlaces(title: string, places: readonly string[]): readonly string[] {
  if (places.length === 0) return [];
  const more = places.length - maxPlaces;
  return [
    `- ${title}:`,
    ...places.slice(0, maxPlaces).map((place) => `  - ${place}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
  ];
}

function renderRange(first: number, last: number, text: readonly string[]): string {
  const from = quote(text[first] ?? '');
  return first === last
    ? `line ${first + 1}: ${from}`
    : `lines ${first + 1}-${last + 1}: from ${from} to ${quote(text[last] ?? '')}`;
}

/** A line of the source in a code span, which no backtick of it can end. */
function quote(line: string): string {
  const shown = showName(line);
  const short = shown.length > maxColumns ? `${shown.slice(0, maxColumns).trimEnd()}…` : shown;
  return short.includes('`') ? `\`\`\` ${short} \`\`\`` : `\`${short}\``;
}
