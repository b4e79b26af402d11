import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies `test-fixtures/workspaces/NAME` into a folder, under its own name, and returns the copy. */
export async function copyWorkspace(root: string, name: string, folder: string): Promise<string> {
  const workspaces = join(root, 'test-fixtures', 'workspaces');
  const names = await readdir(workspaces);
  if (!names.includes(name)) throw new Error(`There is no workspace ${name}; there are ${names.join(', ')}.`);
  const copy = join(folder, name);
  await cp(join(workspaces, name), copy, { recursive: true });
  return copy;
}
