import type { MapShape, Shape } from '../engine/rules/forms/shape.ts';
import { callClasses, roleRows } from '../engine/rules/vocabulary/modelRoles.ts';

const candidate = { type: 'string', pattern: '^\\s*[a-z][a-z0-9_-]*/\\S+\\s*$' };

/** What names of providers and rules look like; other names are known. */
const namePatterns = { provider: '^[a-z][a-z0-9_-]*$', rule: '^[^*]*\\*?$' } as const;

/** A shape as JSON schema, as the file beside it has to say it. */
export function renderSchema(title: string, shape: Shape): string {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return `${JSON.stringify({ $schema, title, ...schemaOf(shape) }, undefined, 2)}\n`;
}

function schemaOf(shape: Shape): Readonly<Record<string, unknown>> {
  const description = shape.summary;
  switch (shape.kind) {
    case 'map':
      return {
        description,
        type: ['object', 'null'],
        additionalProperties: false,
        properties: propertiesOf(shape),
      };
    case 'record': {
      const of = schemaOf(shape.of);
      if (shape.names === 'provider' || shape.names === 'rule')
        return {
          description,
          type: ['object', 'null'],
          patternProperties: { [namePatterns[shape.names]]: of },
          additionalProperties: false,
        };
      const names =
        shape.names === 'call' ? callClasses : roleRows.flatMap(({ role, aliases }) => [role, ...aliases]);
      return {
        description,
        type: ['object', 'null'],
        additionalProperties: false,
        properties: Object.fromEntries(names.map((name) => [name, of])),
      };
    }
    case 'candidates':
      return { description, anyOf: [candidate, { type: 'array', items: candidate }] };
    case 'texts':
      return { description, type: 'array', items: { type: ['string', 'number', 'boolean'] } };
    case 'switch':
      return { description, type: 'boolean' };
    case 'number':
      return {
        description,
        type: shape.whole ? 'integer' : 'number',
        minimum: shape.min,
        ...(shape.max === undefined ? {} : { maximum: shape.max }),
      };
    case 'word':
      return { description, enum: Object.keys(shape.words) };
  }
}

function propertiesOf({ keys }: MapShape): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(keys).map(([key, shape]) => [key, schemaOf(shape)]));
}
