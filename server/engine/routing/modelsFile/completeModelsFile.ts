import type { Span } from '../../documents/span.ts';
import { placeAt, shapeAt } from './placeAt.ts';
import { namesOf, type Shape } from './shape.ts';

export interface ModelsProposal {
  readonly kind: 'key' | 'value';
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  /** Snippet that takes the place of `span`. */
  readonly snippet: string;
  readonly span: Span;
}

/** What the person has, for names of providers and models. */
export interface KnownModels {
  readonly providers: readonly string[];
  /** As `provider/model`. */
  readonly models: readonly string[];
}

/** What can be written at an offset of a models file. */
export function completeModelsFile(
  text: string,
  offset: number,
  known: KnownModels,
): readonly ModelsProposal[] {
  const place = placeAt(text, offset);
  const shape = place && shapeAt(place.path);
  if (!place || !shape) return [];
  const { span } = place;
  if (place.kind === 'value')
    return valuesOf(shape, known).map((proposal) => ({ ...proposal, kind: 'value', span }));
  const hasColon = text.startsWith(':', span.end);
  return keysOf(shape, known)
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

function keysOf(shape: Shape, { providers }: KnownModels): readonly Key[] {
  if (shape.kind === 'map')
    return Object.entries(shape.keys).map(([label, of]) => ({
      label,
      documentation: of.summary,
      below: snippetOf(of),
    }));
  if (shape.kind !== 'record') return [];
  return Object.entries(namesOf(shape.names, providers)).map(([label, documentation]) => ({
    label,
    documentation,
    below: '{ $1 }',
  }));
}

function snippetOf(shape: Shape): string {
  switch (shape.kind) {
    case 'candidates':
      return '[$1]';
    case 'map':
      return '{ $1 }';
    default:
      return '$1';
  }
}

function valuesOf(
  shape: Shape,
  { providers, models }: KnownModels,
): readonly Pick<ModelsProposal, 'label' | 'documentation' | 'snippet'>[] {
  if (shape.kind === 'word')
    return Object.entries(shape.words).map(([label, documentation]) => ({
      label,
      documentation,
      snippet: label,
    }));
  if (shape.kind !== 'candidates') return [];
  return [
    ...models.map((label) => ({
      label,
      documentation: 'A model whose price is known, or that you have chosen.',
      snippet: label,
    })),
    ...providers.map((id) => ({
      label: `${id}/`,
      documentation: 'A provider that you have set up.',
      snippet: `${id}/$1`,
    })),
  ];
}
