/** Builds what is shipped: the VSIX and the npm package of the command line, into dist/. */
import { dirname, relative } from 'node:path';
import { createPackages } from '../createPackages.ts';

const root = dirname(dirname(import.meta.dirname));
for (const { path, bytes, files } of Object.values(await createPackages(root))) {
  console.log(`${relative(root, path)}: ${Math.ceil(bytes / 1000)} KB, ${files.length} files`);
}
