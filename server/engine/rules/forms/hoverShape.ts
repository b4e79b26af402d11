import type { Span } from '../../documents/span.ts';
import type { YamlValue } from '../reading/yamlValue.ts';
import { readWholeYaml } from './readWholeYaml.ts';
import { shapeAt, type RecordShape, type Shape } from './shape.ts';

export interface ShapeHover {
  /** Markdown. */
  readonly markdown: string;
  readonly span: Span;
}

/** What a name of a record means, as Markdown; undefined: nothing is known of it. */
export type NameMeaning = (shape: RecordShape, name: string) => string | undefined;

/** What a key, or a word that is a value, means at an offset of a file of this shape. */
export function hoverShape(
  root: Shape,
  text: string,
  offset: number,
  meaningOf: NameMeaning,
): ShapeHover | undefined {
  const { value } = readWholeYaml(text);
  return value && hoverValue({ root, offset, meaningOf }, value, []);
}

interface Hovering {
  readonly root: Shape;
  readonly offset: number;
  readonly meaningOf: NameMeaning;
}

function hoverValue(hovering: Hovering, value: YamlValue, path: readonly string[]): ShapeHover | undefined {
  const { root, offset, meaningOf } = hovering;
  if (value.kind === 'scalar') {
    const shape = shapeAt(root, path);
    const meaning =
      shape?.kind === 'word' && Object.hasOwn(shape.words, value.text) ? shape.words[value.text] : undefined;
    return meaning !== undefined && holds(value.span, offset)
      ? { markdown: `\`${value.text}\`: ${meaning}`, span: value.span }
      : undefined;
  }
  if (value.kind === 'list') return undefined;
  const parent = shapeAt(root, path);
  for (const { key, keySpan, value: inner } of value.entries) {
    const at = [...path, key];
    if (holds(keySpan, offset)) {
      const meaning = parent?.kind === 'record' ? meaningOf(parent, key) : shapeAt(root, at)?.summary;
      return meaning === undefined ? undefined : { markdown: meaning, span: keySpan };
    }
    const found = hoverValue(hovering, inner, at);
    if (found) return found;
  }
  return undefined;
}

function holds({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
