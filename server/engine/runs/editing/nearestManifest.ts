import { readModuleType } from '../../generation/readModuleType.ts';
import type { PromptRunner } from '../../generation/promptInput.ts';

export interface ManifestSource {
  /** All files of the folder. */
  readonly files: ReadonlySet<string>;
  /** undefined: there is no such text. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** How Node reads a script, by its name or by the nearest package.json above it; undefined: it is no script. */
export async function moduleTypeOf(
  source: ManifestSource,
  path: string,
): Promise<PromptRunner['moduleType']> {
  if (!/\.[cm]?jsx?$/u.test(path)) return undefined;
  return readModuleType(path, await nearestManifest(source, path));
}

async function nearestManifest({ files, read }: ManifestSource, path: string): Promise<string | undefined> {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`;
    if (files.has(manifest)) return read(manifest);
    if (folder === '') return undefined;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
