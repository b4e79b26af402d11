import { readWholeYaml } from '../../rules/forms/readWholeYaml.ts';
import type { YamlValue } from '../../rules/reading/yamlValue.ts';
import { readModelChoices, type ChoicesReading, type ModelsProblem } from './readModelChoices.ts';

/** Where a team says who answers, relative to the workspace folder. */
export const modelsFilePath = '.codegen-lab/models.yaml';

/** Reads the text of a models file. Total: whatever the text, what could be understood and what could not. */
export function parseModelsFile(text: string): ChoicesReading {
  const { value, problems } = readModelsYaml(text);
  const reading = readModelChoices(value);
  return { ...reading, problems: [...problems, ...reading.problems] };
}

/** The same form, as the person's settings hold it. Spans say nothing there; paths do. */
export function readModelSettings(settings: {
  readonly roles: unknown;
  readonly calls: unknown;
  readonly limits: unknown;
}): ChoicesReading {
  const { roles, calls, limits } = settings;
  return readModelChoices(fromPlain({ roles, calls, limits }, 0));
}

function readModelsYaml(text: string): {
  readonly value: YamlValue | undefined;
  readonly problems: readonly ModelsProblem[];
} {
  const { value, faults } = readWholeYaml(text);
  const problems = faults.map(({ message, span, recovered }): ModelsProblem => ({
    code: 'models.bad-yaml',
    severity: recovered ? 'warning' : 'error',
    message: /^[A-Z].*[.]$/s.test(message) ? message : `The YAML of this file ${message}.`,
    span,
    path: [],
  }));
  return { value, problems };
}

const nowhere = { start: 0, end: 0 };
const deepest = 16;

function fromPlain(value: unknown, depth: number): YamlValue {
  if (depth > deepest || value === undefined || value === null) return scalar(null);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return scalar(value);
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item: unknown) => fromPlain(item, depth + 1)), span: nowhere };
  if (typeof value !== 'object') return scalar(null);
  const entries = Object.entries(value).map(([key, each]) => ({
    key,
    keySpan: nowhere,
    value: fromPlain(each, depth + 1),
  }));
  return { kind: 'map', entries, span: nowhere };
}

function scalar(value: string | number | boolean | null): YamlValue {
  return { kind: 'scalar', value, text: value === null ? '' : String(value), span: nowhere };
}
