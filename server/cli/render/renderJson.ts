/**
 * One JSON document with a final line break. What a terminal would obey or hide is escaped inside of the strings, so that the
 * document says the same and is harmless to look at.
 */
export function renderJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/[^\n\P{C}]|[\u2028\u2029]/gu, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
