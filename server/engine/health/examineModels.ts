import type { HealthCheck } from '../../protocol/health.ts';
import { attention, bad, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** Who would be asked, whether that is right in the settings, and whether the keys are there. Asks nobody. */
export async function examineModels(
  { engine, keys, providers, settings }: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  const { roles, problems } = await engine.models().check(root, false, signal);
  if (settings().ai.enabled !== true)
    return [
      attention(
        'models',
        'Models',
        problems[0] ?? 'No model is chosen, so rules that ask one do nothing.',
        'Nothing, if you want deterministic rules only; otherwise choose a model (docs/models.md).',
      ),
    ];
  const candidates = [...new Set(roles.flatMap((role) => role.candidates))];
  const routing =
    problems.length > 0
      ? bad('models', 'Models', problems.join(' '), 'Mend the settings or .codegen-lab/models.yaml.')
      : good('models', 'Models', `Would be asked: ${candidates.join(', ')}. Nobody was asked now.`);
  const names = [...new Set(candidates.map((candidate) => candidate.split('/')[0] ?? ''))];
  const asked = providers.filter(({ id, needsKey }) => needsKey && names.includes(id));
  const known = await Promise.all(
    asked.map(async ({ id, label, keyVariables }) => {
      const source = await keys.sourceOf(id, signal);
      if (source !== undefined) return good(`key.${id}`, `Key of ${label}`, `It is there, from ${source}.`);
      return bad(
        `key.${id}`,
        `Key of ${label}`,
        'There is none.',
        `Set it with the command Set API Key, or in the variable ${keyVariables.join(' or ')}.`,
      );
    }),
  );
  return [routing, ...known];
}
