import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutEval } from './grammarRuntime.ts';

describe('the runtime of the grammars', () => {
  it('compiles no text once it is bundled', () => {
    const path = join(import.meta.dirname, '../node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter.js');
    const source = readFileSync(path, 'utf8');
    assert.match(source, /\beval\(/);
    assert.doesNotMatch(withoutEval(source), /\beval\(|new Function/);
  });

  it('is missed when it is built in another way', () => {
    assert.throws(() => withoutEval('a = eval(func);'), /other places than before/);
  });
});
