import { diffWordsWithSpace } from 'diff';

/** Text that is typed over a selection; positions count from 1, as an editor shows them. */
export interface TypedEdit {
  readonly line: number;
  readonly column: number;
  /** How many characters are selected; a line end is one. */
  readonly selected: number;
  readonly text: string;
}

/**
 * What a person types to make one text into another. The last place comes first, so that what is typed moves none of
 * those that follow.
 */
export function typedEdits(before: string, after: string): readonly TypedEdit[] {
  const edits: TypedEdit[] = [];
  let offset = 0;
  let open: { readonly start: number; removed: number; text: string } | undefined;
  const close = (): void => {
    if (open) edits.unshift({ ...placeOf(before, open.start), selected: open.removed, text: open.text });
    open = undefined;
  };
  for (const part of diffWordsWithSpace(before, after)) {
    if (part.added || part.removed) {
      open ??= { start: offset, removed: 0, text: '' };
      if (part.removed) open.removed += part.value.length;
      else open.text += part.value;
    } else close();
    if (!part.added) offset += part.value.length;
  }
  close();
  return edits;
}

function placeOf(text: string, offset: number): Pick<TypedEdit, 'line' | 'column'> {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
