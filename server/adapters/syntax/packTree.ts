import type { Tree } from '@vscode/tree-sitter-wasm';
import type { PackedTree } from './syntaxTasks.ts';

/** Walks with a cursor, so that a deep tree needs no deep calls. */
export function packTree(tree: Tree): PackedTree {
  const cursor = tree.walk();
  const types = new Words();
  const fields = new Words();
  fields.indexOf('');
  const numbers: number[] = [];
  let depth = 0;
  for (;;) {
    const type = types.indexOf(cursor.nodeType) * 2 + (cursor.nodeIsNamed ? 1 : 0);
    const field = fields.indexOf(cursor.currentFieldName ?? '');
    numbers.push(depth, type, field, cursor.startIndex, cursor.endIndex);
    if (cursor.gotoFirstChild()) {
      depth += 1;
      continue;
    }
    while (depth > 0 && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      depth -= 1;
    }
    if (depth === 0) break;
  }
  cursor.delete();
  return { types: types.words, fields: fields.words, nodes: Int32Array.from(numbers) };
}

/** Numbers words in the order in which they come. */
class Words {
  readonly words: string[] = [];
  readonly #numbers = new Map<string, number>();

  indexOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}
