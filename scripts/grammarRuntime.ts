import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Takes out of the grammars' runtime what compiles text to code. It is for modules that bring JavaScript of their own,
 * which grammars do not; one that did would fail to load.
 */
export const grammarRuntimePlugin: Plugin = {
  name: 'grammar-runtime',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]node_modules[\\/]@vscode[\\/]tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/ },
      async ({ path }) => ({ contents: withoutEval(await readFile(path, 'utf8')), loader: 'js' }),
    );
  },
};

/** Throws when the runtime is built in another way: then it is looked at again. */
export function withoutEval(source: string): string {
  const call = ' = eval(func);';
  const parts = source.split(call);
  if (parts.length !== 3 || /\beval\(/.test(parts.join('')))
    throw new Error('The runtime of the grammars compiles text in other places than before.');
  return parts.join(' = (() => { throw new Error("This grammar brings code of its own."); })();');
}
