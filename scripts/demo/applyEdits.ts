/** A change of a text: `before` stands in it exactly once. */
export interface TextEdit {
  readonly before: string;
  readonly after: string;
}

/** Makes the changes one after the other. Throws when a place is missing or not the only one. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce((current, edit) => {
    const at = findPlace(current, edit.before);
    return current.slice(0, at) + edit.after + current.slice(at + edit.before.length);
  }, text);
}

/** Where a text stands. Throws when that is nowhere, or in several places. */
export function findPlace(text: string, before: string): number {
  const count = text.split(before).length - 1;
  if (before === '' || count !== 1)
    throw new Error(`The text to change stands in the file ${count} times instead of once:\n${before}`);
  return text.indexOf(before);
}
