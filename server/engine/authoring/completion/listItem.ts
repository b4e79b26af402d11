import type { Span } from '../../documents/span.ts';

/** The entry of `a, {b,c}/d, "e"` in which the offset stands, without quotes and blanks. */
export function findListItem(text: string, value: Span, offset: number): Span {
  const start =
    text[value.start] === '[' && /^\[(?![^\],]*\][^,\s\]])/.test(text.slice(value.start, value.end))
      ? value.start + 1
      : value.start;
  let itemStart = start;
  let itemEnd = value.end;
  let braces = 0;
  for (let at = start; at < value.end; at += 1) {
    const character = text[at];
    if (character === '{') braces += 1;
    else if (character === '}') braces -= 1;
    else if (character === ',' && braces <= 0) {
      if (at >= offset) {
        itemEnd = at;
        break;
      }
      itemStart = at + 1;
    }
  }
  return trimItem(text, { start: itemStart, end: itemEnd }, offset);
}

function trimItem(text: string, item: Span, offset: number): Span {
  let { start, end } = item;
  while (start < offset && /[\s"']/.test(text[start] ?? '')) start += 1;
  while (end > Math.max(offset, start) && /[\s"'\]]/.test(text[end - 1] ?? '')) end -= 1;
  return { start: Math.min(start, offset), end: Math.max(end, offset) };
}
