import { bandit } from './bandit.ts';
import { eslintSecurity } from './eslintSecurity.ts';
import { ruff } from './ruff.ts';
import type { Scanner } from './scanner.ts';

/** In the order in which they are asked. bandit's rules are ruff's too, so it is asked where ruff is not. */
export const scanners: readonly Scanner[] = [ruff, bandit, eslintSecurity];

/** Scanners that say the same: only the first that a project has is asked. */
export function isRepeated(scanner: Scanner, before: readonly Scanner[]): boolean {
  return scanner === bandit && before.includes(ruff);
}
