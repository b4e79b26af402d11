import { completeShape, type ShapeProposal } from '../../rules/forms/completeShape.ts';
import { modelsShape, namesOf } from './shape.ts';

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
): readonly ShapeProposal[] {
  return completeShape(modelsShape, text, offset, {
    names: (names) => namesOf(names, known.providers),
    candidates: candidatesOf(known),
  });
}

function candidatesOf({
  providers,
  models,
}: KnownModels): readonly Pick<ShapeProposal, 'label' | 'documentation' | 'snippet'>[] {
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
