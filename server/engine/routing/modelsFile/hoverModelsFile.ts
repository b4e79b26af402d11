import { hoverShape, type ShapeHover } from '../../rules/forms/hoverShape.ts';
import type { RecordShape } from '../../rules/forms/shape.ts';
import { resolveRole, roleRows } from '../../rules/vocabulary/modelRoles.ts';
import { modelsShape } from './shape.ts';

/** What a key, or a word that is a value, means. */
export function hoverModelsFile(text: string, offset: number): ShapeHover | undefined {
  return hoverShape(modelsShape, text, offset, meaningOf);
}

function meaningOf({ names, of }: RecordShape, key: string): string | undefined {
  if (names !== 'role') return `\`${key}\`: ${of.summary}`;
  const role = roleRows.find((row) => row.role === resolveRole(key));
  if (!role) return undefined;
  return `The role \`${role.role}\` ${role.summary}. Also written ${role.aliases.map((alias) => `\`${alias}\``).join(', ')}.`;
}
