import type { SearchReplace } from './parsedAnswer.ts';

/** An edit that an answer gives as data, in the way of a call of a tool. */
export type StructuredEdit =
  | { readonly kind: 'block'; readonly path: string | undefined; readonly block: SearchReplace }
  | { readonly kind: 'whole'; readonly path: string; readonly text: string }
  | { readonly kind: 'broken'; readonly path: string | undefined; readonly message: string };

/**
 * Edits in JSON: one, a list, or calls of tools that hold them, under the names that the tools of editors use. undefined:
 * it is no JSON, or no edit, as a file of data is none.
 */
export function readStructured(text: string): readonly StructuredEdit[] | undefined {
  const value = parseJson(escapeBreaks(text));
  if (typeof value !== 'object' || value === null) return undefined;
  const edits = editsOf(value, undefined, 0);
  return edits.length > 0 ? edits : undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

const listKeys = ['edits', 'changes', 'operations', 'tool_calls', 'calls', 'files'];
const inputKeys = ['arguments', 'input', 'parameters', 'args'];
const pathKeys = ['path', 'file', 'file_path', 'filePath', 'filename', 'target_file', 'target'];
const searchKeys = [
  'search',
  'old_string',
  'oldString',
  'old_str',
  'old_text',
  'oldText',
  'find',
  'original',
];
const replaceKeys = [
  'replace',
  'new_string',
  'newString',
  'new_str',
  'new_text',
  'newText',
  'replacement',
  'updated',
];
const wholeKeys = ['content', 'contents', 'file_text', 'text', 'code'];

// What is deeper is none of the forms that tools have.
const maxDepth = 6;

function editsOf(value: unknown, path: string | undefined, depth: number): readonly StructuredEdit[] {
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((each: unknown) => editsOf(each, path, depth + 1));
  if (!isObject(value)) return [];
  const own = textAt(value, pathKeys) ?? path;
  const list = listKeys.map((key) => value[key]).find((each) => Array.isArray(each));
  if (list !== undefined) return editsOf(list, own, depth + 1);
  if (isObject(value['function'])) return editsOf(value['function'], own, depth + 1);
  const input = inputKeys.map((key) => value[key]).find((each) => each !== undefined);
  if (input !== undefined) return callOf(value, input, own, depth);
  return editOf(value, own);
}

/** Some give what a tool is called with as data, some as its text. */
function callOf(
  call: JsonObject,
  input: unknown,
  path: string | undefined,
  depth: number,
): readonly StructuredEdit[] {
  const edits = editsOf(typeof input === 'string' ? parseJson(input) : input, path, depth + 1);
  if (edits.length > 0) return edits;
  const name = textAt(call, ['name', 'tool']);
  if (name === undefined) return [];
  const message = `The call of "${name.slice(0, 60)}" is no edit. Give "path", "search" and "replace", or "path" and "content" for a whole file.`;
  return [{ kind: 'broken', path, message }];
}

function editOf(value: JsonObject, path: string | undefined): readonly StructuredEdit[] {
  const search = textAt(value, searchKeys);
  const replace = textAt(value, replaceKeys);
  if (search !== undefined && replace !== undefined)
    return [{ kind: 'block', path, block: { search: wholeLines(search), replace: wholeLines(replace) } }];
  const text = textAt(value, wholeKeys);
  if (text !== undefined && path !== undefined && search === undefined && replace === undefined)
    return [{ kind: 'whole', path, text: wholeLines(text) }];
  if (search === undefined && replace === undefined) return [];
  const missing = search === undefined ? 'search' : 'replace';
  return [{ kind: 'broken', path, message: `An edit has no "${missing}", which has to be a text.` }];
}

function wholeLines(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}

function textAt(value: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => value[key]).find((each) => typeof each === 'string');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Models break lines inside of texts, which JSON has not. */
function escapeBreaks(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*"/g, (found) =>
    found.replaceAll(/\r?\n/g, '\\n').replaceAll('\t', '\\t'),
  );
}

const maxLines = 4_000;
const maxOpen = 50;

/**
 * The line behind a JSON value that begins on a line of its own, perhaps in a tag of calls; undefined: none begins there,
 * or it does not end.
 */
export function findStructuredEnd(lines: readonly string[], at: number): number | undefined {
  if (!/^\s{0,3}(?:\{|\[)\s*(?:$|["{[])/.test(lines[at] ?? '')) return undefined;
  let depth = 0;
  let isText = false;
  for (let line = at; line < Math.min(lines.length, at + maxLines); line += 1) {
    for (const [sign] of (lines[line] ?? '').matchAll(/\\.|["{}[\]]/g)) {
      if (sign === '"') isText = !isText;
      else if (!isText && (sign === '{' || sign === '[')) depth += 1;
      else if (!isText && (sign === '}' || sign === ']')) depth -= 1;
    }
    if (depth === 0 && !isText) return line + 1;
    // Each line is looked at for a bounded number of beginnings, however many there are.
    if (depth > maxOpen) return undefined;
  }
  return undefined;
}
