import { createLineMap } from '../../documents/lineMap.ts';
import { readYaml, toPlain } from '../../rules/reading/readYaml.ts';
import type { YamlValue } from '../../rules/reading/yamlValue.ts';
import type { Origin } from '../../rules/rule.ts';
import { resolveEvent } from '../../rules/vocabulary/events.ts';
import type { RuleTestCase, RuleTests } from './ruleTestCase.ts';

const known: ReadonlySet<string> = new Set([
  'file',
  'event',
  'origin',
  'applies',
  'before',
  'content',
  'finds',
  'beside',
]);

const origins: readonly Origin[] = ['user', 'auto', 'disk', 'self'];

/** Reads a file of tests: a YAML list of cases. Total: a case that cannot be understood is a problem and not run. */
export function parseRuleTests(text: string): RuleTests {
  const lines = createLineMap(text);
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const nothing = { start: 0, end: 0 };
  const { value, faults } = readYaml(text, {
    key: '',
    keySpan: nothing,
    value: { start: 0, end: text.length },
    below: true,
  });
  const problems = faults.map(({ message, span }) => ({
    line: lineOf(span.start),
    message: /^[a-z]/.test(message) ? `It ${message}.` : message,
  }));
  if (value?.kind !== 'list') {
    const message = 'Tests are a list: begin each case with `- file: …`.';
    return { cases: [], problems: problems.length > 0 ? problems : [{ line: 0, message }] };
  }
  const cases: RuleTestCase[] = [];
  for (const item of value.items) {
    const line = lineOf(item.span.start);
    const read = readCase(item, line);
    if (typeof read === 'string') problems.push({ line, message: read });
    else cases.push(read);
  }
  return { cases, problems };
}

/** The case, or what is wrong with it. */
function readCase(item: YamlValue, line: number): RuleTestCase | string {
  if (item.kind !== 'map') return 'A case has keys of its own, such as `file: src/a.ts`.';
  const unknown = item.entries.find(({ key }) => !known.has(key));
  if (unknown !== undefined)
    return `\`${unknown.key}\` is no key of a case; they are ${[...known].join(', ')}.`;
  const values = new Map(item.entries.map(({ key, value }) => [key, toPlain(value)]));
  const [file, event, applies, finds] = ['file', 'event', 'applies', 'finds'].map((key) => values.get(key));
  if (typeof file !== 'string' || file === '')
    return 'A case needs a `file`, the path that the rule is tried on.';
  if (applies !== undefined && typeof applies !== 'boolean') return '`applies` is true or false.';
  if (finds !== undefined && !(typeof finds === 'number' && Number.isInteger(finds) && finds >= 0))
    return '`finds` is a whole number: how many places the checks find.';
  if (applies === undefined && finds === undefined) return 'A case needs `applies` or `finds`.';
  const name = typeof event === 'string' ? resolveEvent(event) : undefined;
  if (event !== undefined && name === undefined)
    return `\`${typeof event === 'string' ? event : JSON.stringify(event)}\` is no event.`;
  const said = values.get('origin') ?? 'user';
  const origin = origins.find((each) => each === said);
  if (origin === undefined) return `\`origin\` is one of ${origins.join(', ')}.`;
  if (values.has('origin') && name === undefined)
    return '`origin` says who caused the `event`; name that too.';
  const before = values.get('before');
  if (before !== undefined && typeof before !== 'string') return '`before` is a text.';
  const content = values.get('content') ?? '';
  if (typeof content !== 'string') return '`content` is a text.';
  const beside = readBeside(values.get('beside'));
  if (beside === undefined) return '`beside` is a list of paths, or a path with its text on each line.';
  return {
    file,
    event: name,
    origin,
    before,
    applies: applies ?? true,
    content,
    finds: typeof finds === 'number' ? finds : undefined,
    beside,
    line,
  };
}

function readBeside(value: unknown): ReadonlyMap<string, string> | undefined {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object') return undefined;
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((path: unknown) => [String(path), ''])
    : Object.entries(value);
  return new Map(entries.map(([path, text]) => [path, typeof text === 'string' ? text : '']));
}
