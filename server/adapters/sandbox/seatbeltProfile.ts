/** What a command may read and write on macOS; all paths are real ones, without links. */
export interface SeatbeltRights {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  /** Inside `writable`, but closed. */
  readonly closed: readonly string[];
}

/** The profile for `sandbox-exec -p`: all is denied but what is named here, and the last rule that fits decides. */
export function renderSeatbeltProfile(rights: SeatbeltRights): string {
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-fork process-exec)',
    '(allow process-info* signal (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow ipc-posix-shm* ipc-posix-sem*)',
    `(allow mach-lookup ${services.map((name) => `(global-name ${quote(name)})`).join(' ')})`,
    // Programs walk up the folders above what they read; names and sizes there are no secret, contents are.
    '(allow file-read-metadata)',
    `(allow file-read* (literal "/") ${[...systemFolders, ...rights.readable, ...rights.writable].map(subpath).join(' ')})`,
    `(allow file-read* file-write-data (literal "/dev/null") (literal "/dev/zero") (literal "/dev/dtracehelper") (literal "/dev/tty"))`,
    '(allow file-read* (literal "/dev/random") (literal "/dev/urandom") (literal "/private/etc/localtime") (literal "/private/etc/passwd"))',
    ...(rights.writable.length === 0
      ? []
      : [`(allow file-write* ${rights.writable.map(subpath).join(' ')})`]),
    ...(rights.closed.length === 0 ? [] : [`(deny file-write* ${rights.closed.map(subpath).join(' ')})`]),
    '(deny network*)',
    '',
  ].join('\n');
}

const systemFolders = [
  '/usr',
  '/bin',
  '/sbin',
  '/System',
  '/Library/Frameworks',
  '/Library/Developer',
  '/Library/Apple',
  '/private/var/db/timezone',
  '/private/var/db/dyld',
  '/private/etc/ssl',
];
const services = [
  'com.apple.system.opendirectoryd.libinfo',
  'com.apple.system.logger',
  'com.apple.system.notification_center',
  'com.apple.trustd.agent',
];

function subpath(path: string): string {
  return `(subpath ${quote(path)})`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
