import { userInfo } from 'node:os';

/** Name of the account that this process runs under; its number where it has no name, as in some containers. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
