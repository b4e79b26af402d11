import { accessSync, constants } from 'node:fs';

/** Where the system keeps its own programs. Never a workspace, never a relative entry of PATH. */
export const systemFolders: readonly string[] =
  process.platform === 'win32'
    ? ['C:\\Program Files\\Git\\cmd', 'C:\\Windows\\System32']
    : [
        '/usr/bin',
        '/bin',
        '/usr/sbin',
        '/sbin',
        '/usr/local/bin',
        '/opt/homebrew/bin',
        '/run/current-system/sw/bin',
      ];

/** The absolute path of one of our own tools; undefined when the system has none. PATH is not looked at. */
export function resolveTrustedTool(
  name: string,
  folders: readonly string[] = systemFolders,
): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return folders.map((folder) => `${folder}/${file}`).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
