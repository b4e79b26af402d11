import { agents } from './agents.ts';
import { claude } from './claude.ts';
import { claudeRules } from './claudeRules.ts';
import { cline } from './cline.ts';
import { continueRules } from './continue.ts';
import { copilot } from './copilot.ts';
import type { Dialect } from './dialect.ts';
import { kiro } from './kiro.ts';
import { windsurf } from './windsurf.ts';

/** Every other tool whose rule files are read and written. */
export const dialects: readonly Dialect[] = [
  agents,
  claude,
  claudeRules,
  cline,
  continueRules,
  copilot,
  kiro,
  windsurf,
];

export function findDialect(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}

/** The tool whose file this is, among those named. */
export function dialectOf(path: string, ids: readonly string[]): Dialect | undefined {
  return dialects.find((dialect) => ids.includes(dialect.id) && dialect.place(path) !== undefined);
}
