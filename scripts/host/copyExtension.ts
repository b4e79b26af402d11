import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** Installs an extension from its folder into an extensions folder that no editor has used yet. */
export async function copyExtension(extension: string, extensionsFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8')) as Manifest;
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
  await cp(extension, join(extensionsFolder, name), { recursive: true });
}
