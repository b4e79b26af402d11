import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const filesPerFolder = 20;
const maxImports = 8;

/**
 * Writes a tree of TypeScript modules and tests into a folder: a fifth of the files are tests of one module each. Modules
 * import mostly from their own folder, some from folders below them, and each folder has an index that passes on its modules.
 */
export function writeImportingTree(root: string, count: number): readonly string[] {
  const random = createSeededRandom(7);
  const below = (limit: number): number => Math.floor(random.fraction() * limit);
  const modules = Array.from({ length: Math.round(count * 0.8) }, (_, at) => {
    const folder = Math.floor(at / filesPerFolder);
    const isIndex = at % filesPerFolder === 0;
    return {
      folder,
      path: `src/area${folder % 12}/part${folder}/${isIndex ? 'index' : `module${at}`}.ts`,
      at,
      isIndex,
    };
  });
  const written: string[] = [];
  const write = (path: string, targets: readonly string[]): void => {
    const folder = dirname(path).split('/');
    const lines = targets.map(
      (target, at) => `import { value as v${at} } from '${'../'.repeat(folder.length)}${target}';`,
    );
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), `${lines.join('\n')}\n${body}`);
    written.push(path);
  };
  for (const { path, at, folder, isIndex } of modules) {
    const first = folder * filesPerFolder;
    const own = Array.from({ length: isIndex ? filesPerFolder - 1 : below(maxImports) }, (_, next) =>
      isIndex
        ? first + 1 + next
        : below(10) < 7
          ? first + 1 + below(Math.max(1, at - first - 1))
          : below(first + 1),
    );
    const targets = own.filter((target) => target !== at).flatMap((target) => modules[target]?.path ?? []);
    write(path, [...new Set(targets)]);
  }
  for (let test = 0; written.length < count; test += 1) {
    const tested = modules[(test * 4 + 1) % modules.length];
    if (tested)
      write(`test/${tested.path.replace(/^src\//u, '').replace(/\.ts$/u, `.${test}.test.ts`)}`, [
        tested.path,
      ]);
  }
  return written;
}

const body = `${'export const value = 1; // a line as long as lines of real modules are, or so\n'.repeat(60)}`;
