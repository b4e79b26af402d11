import type { JsonSchema } from '../ports/models.ts';

/**
 * The first place where a value does not fit a schema, for the model that wrote it, such as `$.choice must be one of 1, 2`;
 * undefined: it fits. Understands what endpoints enforce: `type`, `enum`, `const`, `properties`, `required`,
 * `additionalProperties: false`, `items` and `anyOf`; other words of a schema are not looked at.
 */
export function schemaProblem(value: unknown, schema: JsonSchema): string | undefined {
  return check(value, schema, '$');
}

type Check = (value: unknown, schema: JsonSchema, path: string) => string | undefined;

const check: Check = (value, schema, path) => {
  for (const part of checks) {
    const problem = part(value, schema, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const checkType: Check = (value, { type }, path) => {
  const allowed = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
  if (allowed.length === 0 || allowed.some((name) => isOfType(value, name))) return undefined;
  return `${path} must be of type ${allowed.join(' or ')}`;
};

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

const checkValues: Check = (value, schema, path) => {
  const values: readonly unknown[] | undefined = Object.hasOwn(schema, 'const')
    ? [schema['const']]
    : Array.isArray(schema['enum'])
      ? schema['enum']
      : undefined;
  if (!values || values.some((one) => JSON.stringify(one) === JSON.stringify(value))) return undefined;
  return `${path} must be ${values.length === 1 ? '' : 'one of '}${values.map((one) => JSON.stringify(one)).join(', ')}`;
};

const checkProperties: Check = (value, { properties, required, additionalProperties }, path) => {
  if (!isRecord(value)) return undefined;
  const known = isRecord(properties) ? properties : {};
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const missing = needed.find((name) => typeof name === 'string' && !Object.hasOwn(value, name));
  if (typeof missing === 'string') return `${path} lacks "${missing}"`;
  const extra = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (additionalProperties === false && extra !== undefined) return `${path} must not have "${extra}"`;
  for (const [name, schema] of Object.entries(known)) {
    if (!Object.hasOwn(value, name) || !isRecord(schema)) continue;
    const problem = check(value[name], schema, `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const checkItems: Check = (value, { items }, path) => {
  if (!Array.isArray(value) || !isRecord(items)) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = check(item, items, `${path}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const checkAnyOf: Check = (value, { anyOf }, path) => {
  const branches = Array.isArray(anyOf) ? anyOf.filter(isRecord) : [];
  if (branches.length === 0) return undefined;
  const problems = branches.map((branch) => check(value, branch, path));
  return problems.includes(undefined) ? undefined : problems[0];
};

const checks: readonly Check[] = [checkType, checkValues, checkProperties, checkItems, checkAnyOf];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
