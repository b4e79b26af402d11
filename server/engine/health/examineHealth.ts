import type { HealthCheck, HealthReport } from '../../protocol/health.ts';
import { examineInstallation } from './examineInstallation.ts';
import { examineJournals } from './examineJournals.ts';
import { examineModels } from './examineModels.ts';
import { examinePolicies } from './examinePolicies.ts';
import { examineRules } from './examineRules.ts';
import { examineTests } from './examineTests.ts';
import { bad } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

type Examine = (parts: HealthParts, root: string, signal: AbortSignal) => Promise<readonly HealthCheck[]>;

/** Each with the title that stands there when the looking itself fails. */
const parts: readonly (readonly [id: string, title: string, examine: Examine])[] = [
  ['installation', 'Installation', examineInstallation],
  ['rules', 'Rules', examineRules],
  ['policies', 'Policies', examinePolicies],
  ['sandbox', 'Sandbox', examineSandbox],
  ['tests', 'Test runners', examineTests],
  ['models', 'Models', examineModels],
];

/** Looks at everything, one thing after the other; what cannot be looked at is told as a check that is bad. */
export async function examineHealth(
  given: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<HealthReport> {
  // Before the folder is opened: that ends what was cut short.
  const journals = await settle(['journals', 'Journals', examineJournals], given, root, signal);
  await given.engine.openFolder(root, signal);
  const checks: HealthCheck[] = [];
  for (const part of parts) {
    if (signal.aborted) break;
    checks.push(...(await settle(part, given, root, signal)));
  }
  return { version: given.version, checks: [...checks, ...journals] };
}

async function settle(
  [id, title, examine]: (typeof parts)[number],
  given: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  try {
    return await examine(given, root, signal);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [bad(id, title, `It could not be looked at: ${reason}`, 'Look at the log.')];
  }
}

async function examineSandbox({ sandbox }: HealthParts, _root: string, signal: AbortSignal) {
  const { how, checks } = await sandbox.examine(signal);
  const wrong = checks.filter(({ holds }) => !holds);
  const seen = wrong.map(({ claim, seen: what }) => `Does not hold: ${claim} ${what}`.trim()).join(' ');
  const todo = [...new Set(wrong.map(({ remedy }) => remedy))].filter((remedy) => remedy !== '').join(' ');
  const check = { id: 'sandbox', title: 'Sandbox' };
  if (how === undefined)
    return [
      {
        ...check,
        state: 'attention' as const,
        seen: `What a model wrote does not run here unless you have seen it and said so. ${seen}`,
        todo,
      },
    ];
  if (wrong.length > 0) return [{ ...check, state: 'bad' as const, seen, todo }];
  return [{ ...check, state: 'good' as const, seen: `All ${checks.length} trials hold (${how}).`, todo: '' }];
}
