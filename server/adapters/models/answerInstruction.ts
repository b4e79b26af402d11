import type { JsonSchema, ModelRequest } from '../../engine/ports/models.ts';

/** The system text, with the form of the answer at its end where the endpoint cannot be told otherwise. */
export function instructAnswer({ system, answer }: ModelRequest): string {
  if (!answer) return system;
  const form = [
    'Answer with one JSON value and nothing else: no explanation, no code fence. It must fit this JSON Schema:',
    JSON.stringify(answer.schema),
  ].join('\n');
  return system === '' ? form : `${system}\n\n${form}`;
}

/**
 * True if every object of the schema names all of its properties, requires them all and allows no other: what endpoints
 * demand of a schema that they enforce.
 */
export function isClosedSchema(schema: JsonSchema): boolean {
  return isClosed(schema, 0);
}

const maxDepth = 32;

function isClosed(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isClosed(item, depth + 1));
  if (!isRecord(value)) return true;
  const { properties, required, additionalProperties, type } = value;
  if (type === 'object' || isRecord(properties)) {
    if (additionalProperties !== false || !isRecord(properties)) return false;
    const needed: readonly unknown[] = Array.isArray(required) ? required : [];
    if (Object.keys(properties).some((name) => !needed.includes(name))) return false;
  }
  return Object.values(value).every((item) => isClosed(item, depth + 1));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
