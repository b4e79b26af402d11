import type { Span } from '../../documents/span.ts';
import { placeAt } from './placeAt.ts';
import { shapeAt, type RecordShape, type Shape } from './shape.ts';

export interface ShapeProposal {
  readonly kind: 'key' | 'value';
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  /** Snippet that takes the place of `span`. */
  readonly snippet: string;
  readonly span: Span;
}

export interface ShapeWords {
  /** Names that keys of a record can have, each with what it means. */
  readonly names: (names: RecordShape['names']) => Readonly<Record<string, string>>;
  /** What can be listed as a model. */
  readonly candidates: readonly Pick<ShapeProposal, 'label' | 'documentation' | 'snippet'>[];
}

/** What can be written at an offset of a file of this shape. */
export function completeShape(
  root: Shape,
  text: string,
  offset: number,
  words: ShapeWords,
): readonly ShapeProposal[] {
  const place = placeAt(root, text, offset);
  const shape = place && shapeAt(root, place.path);
  if (!place || !shape) return [];
  const { span } = place;
  if (place.kind === 'value')
    return valuesOf(shape, words).map((proposal) => ({ ...proposal, kind: 'value', span }));
  const hasColon = text.startsWith(':', span.end);
  return keysOf(shape, words)
    .filter(({ label }) => !place.beside.includes(label))
    .map(({ label, documentation, below }) => ({
      kind: 'key',
      label,
      documentation,
      snippet: hasColon ? label : `${label}: ${below}`,
      span,
    }));
}

interface Key {
  readonly label: string;
  readonly documentation: string;
  /** Snippet of the value. */
  readonly below: string;
}

function keysOf(shape: Shape, { names }: ShapeWords): readonly Key[] {
  if (shape.kind === 'map')
    return Object.entries(shape.keys).map(([label, of]) => ({
      label,
      documentation: of.summary,
      below: snippetOf(of),
    }));
  if (shape.kind !== 'record') return [];
  return Object.entries(names(shape.names)).map(([label, documentation]) => ({
    label,
    documentation,
    below: '{ $1 }',
  }));
}

function snippetOf(shape: Shape): string {
  switch (shape.kind) {
    case 'candidates':
    case 'texts':
      return '[$1]';
    case 'map':
      return '{ $1 }';
    default:
      return '$1';
  }
}

function valuesOf(
  shape: Shape,
  { candidates }: ShapeWords,
): readonly Pick<ShapeProposal, 'label' | 'documentation' | 'snippet'>[] {
  if (shape.kind === 'word')
    return Object.entries(shape.words).map(([label, documentation]) => ({
      label,
      documentation,
      snippet: label,
    }));
  if (shape.kind === 'switch')
    return ['true', 'false'].map((label) => ({ label, documentation: shape.summary, snippet: label }));
  return shape.kind === 'candidates' ? candidates : [];
}
