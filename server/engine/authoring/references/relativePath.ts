/** How the file `from` names `to`: `./x.mdc`, `../y/z.md`. Both are relative to the workspace folder. */
export function relativePath(from: string, to: string): string {
  const folders = from.split('/').slice(0, -1);
  const parts = to.split('/');
  let shared = 0;
  while (shared < folders.length && shared < parts.length - 1 && folders[shared] === parts[shared])
    shared += 1;
  const up = folders.length - shared;
  return `${up === 0 ? './' : '../'.repeat(up)}${parts.slice(shared).join('/')}`;
}
