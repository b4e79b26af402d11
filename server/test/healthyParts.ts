import type { EditorSettings } from '../protocol/requests.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import { createScriptedEngine } from './scriptedEngine.ts';
import type { Engine } from '../engine/engine.ts';
import type { MachineHealth } from '../engine/ports/machineHealth.ts';
import { unsetSettings } from '../engine/settings.ts';
import type { HealthParts } from '../engine/health/healthParts.ts';

export const { signal } = new AbortController();
export const root = '/home/ann/secret-project';

export const machine: MachineHealth = {
  versions: async () => ({ node: '24.1.0', platform: 'linux x64', git: '2.39.5', home: '/home/ann' }),
  storage: async () => ({ path: '/home/ann/data', unwritable: undefined, freeBytes: 9e9 }),
  workspace: async () => ({ path: root, unwritable: undefined, freeBytes: 9e9 }),
  otherProcesses: async () => [],
  secretValues: () => [],
};
export const using = (ai: Partial<EditorSettings['ai']>): EditorSettings => ({
  ...unsetSettings,
  ai: { ...unsetSettings.ai, ...ai },
});

/** A healthy installation, but for the changes. */
export function parts(changes: Partial<HealthParts> = {}, answers: Partial<Engine> = {}): HealthParts {
  return {
    engine: createScriptedEngine(answers),
    machine,
    sandbox: { examine: async () => ({ how: 'bubblewrap', checks: [] }) },
    journals: { recent: async () => [] },
    keys: { read: async () => undefined, sourceOf: async () => undefined },
    providers: [],
    policies: { read: async () => [] },
    isTrusted: () => true,
    version: '1.2.3',
    unknownVariables: [],
    settings: () => unsetSettings,
    logLines: () => [],
    ...changes,
  };
}

export const began = (run: string, more: object = {}): RunEvent => ({
  ...{ v: 1, run, seq: 0, at: 1_000, type: 'run.started', rule: 'r', ruleId: 'r.mdc', ruleHash: 'h' },
  ...{ action: 'test', file: 'a.py', fileDigest: '', approval: 'ask' },
  budget: { usd: 0, tokens: 0, seconds: 1, attempts: 1 },
  cause: { event: 'save', origin: 'user', depth: 0, ...more },
});
export const stored = (run: string, events: readonly RunEvent[] = [began(run)]) => ({
  ...{ run, events, trusted: events.length > 0, owned: false },
});
export const queries = (found: object): Partial<Engine> => ({
  testQueries: () => ({
    files: async () => [],
    declaredIn: async () => undefined,
    affected: async () => ({ paths: [], ids: [], choices: [], left: 0, why: '' }),
    coverage: () => undefined,
    coverageOf: () => undefined,
    runners: async () => ({ packages: [], notRun: [], ...found }),
  }),
});
export const asks = (candidates: readonly string[], problems: readonly string[] = []): Partial<Engine> => {
  const plain = createScriptedEngine();
  const roles = [{ role: 'code', candidates, values: [], skipped: [] }];
  return {
    models: () => ({ ...plain.models(), check: async () => ({ roles, limits: [], problems, tried: [] }) }),
  };
};
export const provider = {
  ...{ id: 'p', label: 'P', description: '', baseUrl: '', suggestedModel: '' },
  ...{ needsKey: true, asksBaseUrl: false, keyVariables: ['P_KEY'] },
};
