import type { HealthCheck } from '../../protocol/health.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { readPolicy } from '../policy/readPolicy.ts';
import type { PolicyText } from '../ports/policies.ts';
import { bad, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** Which policies hold, and whether one stops everything since it cannot be understood. */
export async function examinePolicies(
  { policies }: HealthParts,
  root: string,
): Promise<readonly HealthCheck[]> {
  const found = await policies.read(root);
  const check = ['policies', 'Policies'] as const;
  const [broken] = found.flatMap((policy) => explainBroken(policy) ?? []);
  if (broken !== undefined)
    return [bad(...check, `${broken} Until then nothing is done here.`, 'Mend the file, or delete it.')];
  if (found.length === 0) return [good(...check, 'No policy takes rights away here.')];
  const files = found.map(({ file }) => file).join(', ');
  return [
    good(
      ...check,
      `${found.length === 1 ? 'One policy takes' : `${found.length} policies take`} rights away here: ${files}.`,
    ),
  ];
}

/** Without what the file says: this is told in reports too. */
function explainBroken({ file, text }: PolicyText): string | undefined {
  if (typeof text !== 'string') return `${file} cannot be read (${text.unreadable}).`;
  const reading = readPolicy(file, text);
  if ('policy' in reading) return undefined;
  const { line } = createLineMap(text).positionAt(reading.problems[0].span.start);
  return `${file}:${line + 1} cannot be understood.`;
}
