import { mkdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { grammarLanguages } from '../server/adapters/syntax/grammarList.ts';

const compress = promisify(brotliCompress);
const source = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

/** Of the parser's runtime and of each grammar; each is `NAME.wasm.br` where it is shipped. */
const grammarFiles = ['tree-sitter', ...grammarLanguages.map((language) => `tree-sitter-${language}`)];

/**
 * Writes the grammars into `folder` and takes away what else is there. Compressed they are an eighth of their size; the
 * highest quality would take twenty seconds for a tenth less.
 */
export async function packGrammars(
  folder: string,
  { production }: { readonly production: boolean },
): Promise<void> {
  const quality = production ? 9 : 1;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await Promise.all(
    grammarFiles.map(async (name) => {
      const bytes = await readFile(join(source, `${name}.wasm`));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      await writeFile(join(folder, `${name}.wasm.br`), await compress(bytes, { params }));
    }),
  );
}
