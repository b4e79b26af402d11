import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DeclaredTest } from '../../protocol/testDisplay.ts';

interface Read {
  readonly text: string;
  readonly tests: readonly DeclaredTest[];
}

/** Where tests stand, also while somebody types and the text does not parse: a lens must not jump, or go and come back. */
export class DeclaredPlaces {
  readonly #read = new WeakMap<TextDocument, Read>();

  /** `found`: what the text declares; undefined: nobody can tell now, and what was there before counts, at its lines. */
  follow(
    document: TextDocument,
    found: readonly DeclaredTest[] | undefined,
  ): readonly DeclaredTest[] | undefined {
    const text = document.getText();
    if (found !== undefined) {
      this.#read.set(document, { text, tests: found });
      return found;
    }
    const before = this.#read.get(document);
    return before && moveLines(before, text);
  }
}

/** What stands above the change stays, and what stands below moves with it; inside of it nothing moves. */
function moveLines({ text, tests }: Read, now: string): readonly DeclaredTest[] {
  if (text === now) return tests;
  const old = text.split('\n');
  const fresh = now.split('\n');
  const most = Math.min(old.length, fresh.length);
  let above = 0;
  while (above < most && old[above] === fresh[above]) above += 1;
  let below = 0;
  while (below < most - above && old.at(-1 - below) === fresh.at(-1 - below)) below += 1;
  const moved = fresh.length - old.length;
  return tests.map((test) => {
    const { line } = test;
    if (line < above) return test;
    if (line >= old.length - below) return { ...test, line: line + moved };
    return { ...test, line: Math.min(line, Math.max(above, fresh.length - below - 1)) };
  });
}
