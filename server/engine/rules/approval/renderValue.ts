/**
 * A value as YAML that people read: maps and lists by indentation, texts of several lines as blocks. Approvals are bound to
 * what comes of it, so it is our own, and stays as it is.
 */
export function renderMap(values: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${indent}${renderWord(key)}:${renderValue(value, indent)}`)
    .join('');
}

/** What follows a key or a dash, with its line break. */
function renderValue(value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []\n' : `\n${renderList(value, `${indent}  `)}`;
  if (typeof value === 'object' && value !== null) {
    const values = { ...value };
    return Object.keys(values).length === 0 ? ' {}\n' : `\n${renderMap(values, `${indent}  `)}`;
  }
  return ` ${typeof value === 'string' ? renderText(value, indent) : String(value)}\n`;
}

/** A map in a list begins on the line of its dash. */
function renderList(items: readonly unknown[], indent: string): string {
  return items
    .map((item) => {
      const rendered = renderValue(item, indent);
      const inner = rendered.startsWith(`\n${indent}  `) ? ` ${rendered.slice(indent.length + 3)}` : rendered;
      return `${indent}-${inner}`;
    })
    .join('');
}

const plain = /^(?:[A-Za-z/$]|\.[/*])[\w*./@${}<>()+=~^,;!?"' -]*$/;
const otherwise = /^(?:true|false|null)$/i;

/** As it is where nobody could take it for anything else, else quoted. */
function renderWord(text: string): string {
  const isPlain = plain.test(text) && !text.endsWith(' ') && !otherwise.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** What no block can hold: other breaks, what a screen does not show, spaces that nobody sees. */
const unfit = /[^\P{Cc}\n]|[\u2028\u2029]|^\s|\n$|\s$/u;

/** A text of several lines is a block. */
function renderText(text: string, indent: string): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (!body.includes('\n') || unfit.test(body)) return renderWord(text);
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}  ${line}`));
  return `${text === body ? '|-' : '|'}\n${lines.join('\n')}`;
}
