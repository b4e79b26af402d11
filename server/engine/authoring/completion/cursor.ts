import type { AuthoringFile } from '../authoringFile.ts';
import type { OutlineNode } from '../outline/outlineNode.ts';
import type { KeyPlace } from '../outline/findPlace.ts';

/** A cursor among keys and values. */
export interface Cursor extends AuthoringFile {
  readonly offset: number;
  readonly place: KeyPlace;
}

/** The value of a key that stands beside the cursor, without quotes. */
export function siblingText({ document, place }: Cursor, key: string): string | undefined {
  return textOf(
    document.text,
    place.siblings.find((node) => node.key === key),
  );
}

export function textOf(text: string, node: OutlineNode | undefined): string | undefined {
  if (node === undefined || node.style === 'none') return undefined;
  return text.slice(node.value.start, node.value.end).replace(/^(["'])(.*)\1$/s, '$2');
}
