import type { Span } from '../../documents/span.ts';
import type { YamlValue } from '../reading/yamlValue.ts';
import { readWholeYaml } from './readWholeYaml.ts';
import { shapeAt, type Shape } from './shape.ts';

/** Where a person is in a YAML file of ours. */
export interface ShapePlace {
  /** `key`: a key can stand here; `value`: the value of the last key of `path`. */
  readonly kind: 'key' | 'value';
  /** Keys from the top. */
  readonly path: readonly string[];
  /** Of the word that is being typed. */
  readonly span: Span;
  /** Keys that stand beside it already. */
  readonly beside: readonly string[];
}

/** A word that nobody writes; it stands for the one that is being typed. */
const marker = 'codegenLabCursor';

/** undefined where nothing can be written, such as in a comment. */
export function placeAt(root: Shape, text: string, offset: number): ShapePlace | undefined {
  const start = text.slice(0, offset).search(/[\w./:@-]*$/);
  const end = offset + (/^[\w./:@-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  // A colon that ends a key belongs to it.
  const word = text.slice(start, end).replace(/:$/, '');
  const span = { start, end: start + word.length };
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, start);
  if (/(^|\s)#/.test(line)) return undefined;
  const hasColon = text.startsWith(':', span.end);
  for (const typed of hasColon ? [marker] : [marker, `${marker}: `]) {
    const marked = text.slice(0, start) + typed + text.slice(span.end);
    const { value, faults } = readWholeYaml(marked);
    const found = value && findMarker(root, value, []);
    if (found && (typed !== marker || faults.length === 0 || hasColon)) return { ...found, span };
  }
  // What is not finished is read as far as it goes.
  const { value } = readWholeYaml(text.slice(0, start) + marker);
  const found = value && findMarker(root, value, []);
  return found && { ...found, span };
}

type Found = Omit<ShapePlace, 'span'>;

function findMarker(root: Shape, value: YamlValue, path: readonly string[]): Found | undefined {
  switch (value.kind) {
    case 'scalar':
      return value.text === marker
        ? { kind: isKeyed(root, path) ? 'key' : 'value', path, beside: [] }
        : undefined;
    case 'list':
      return firstFound(value.items, (item) => findMarker(root, item, path));
    case 'map': {
      const keys = value.entries.map(({ key }) => key);
      if (keys.includes(marker)) return { kind: 'key', path, beside: keys.filter((key) => key !== marker) };
      return firstFound(value.entries, (entry) => findMarker(root, entry.value, [...path, entry.key]));
    }
  }
}

function firstFound<Item>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** Whether keys stand below the path: then a lone word there is the beginning of one. */
function isKeyed(root: Shape, path: readonly string[]): boolean {
  const shape = shapeAt(root, path);
  return shape?.kind === 'map' || shape?.kind === 'record';
}
