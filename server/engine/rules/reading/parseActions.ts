import { formWishes } from '../../../protocol/modelSettings.ts';
import { readMatcher } from '../matchers/readMatcher.ts';
import type { Action, ActionMoment, ActionSwitches, CommandText, MatcherWish } from '../rule.ts';
import { actionWords, resolveActionType } from '../vocabulary/actions.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { parseConditions } from './parseConditions.ts';
import { readRemove } from './readRemove.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';
import {
  readBoolean,
  readCount,
  readDuration,
  readPercent,
  readSeverity,
  readWord,
  type Written,
} from './readTyped.ts';
import type { YamlValue } from './yamlValue.ts';
import { toPlain } from './readYaml.ts';
import { readField, readFields, readMaps, readText, readTexts, spansOf, type Fields } from './yamlFields.ts';

export const approvalWords = ['auto', 'ask', 'preview'] as const;
const moments: readonly ActionMoment[] = ['success', 'failure', 'always'];

/** `problemMatcher` as in `tasks.json`. */
const matcherKeys = ['problem_matcher', 'problemMatcher'] as const;
const switchKeys = {
  shell: 'shell',
  idempotent: 'idempotent',
  sandbox: 'sandbox',
  mayChangeTests: 'may_change_tests',
  redFirst: 'red_first',
  ratchet: 'ratchet',
  showMissing: 'show_missing',
  skipCovered: 'skip_covered',
} as const satisfies Readonly<Record<keyof ActionSwitches, string>>;

/** All keys of an action. */
export const actionKeys: readonly string[] = [
  ...['id', 'type', 'message', 'target', 'conditions', 'severity', 'model', 'approval', 'context', 'timeout'],
  'answer_form',
  ...['needs', 'when', 'retry', 'fallback', 'command', 'task', ...matcherKeys],
  ...['min_coverage', 'fail_under', 'description', 'remove'],
  ...Object.values(switchKeys),
];

const defaultTimeoutMs = 600_000;
const maxRetries = 5;

/** Reads `actions`. An entry of an unknown type stays in the list and never acts. */
export function parseActions(reading: Reading, value: YamlValue | undefined): readonly Action[] {
  return readMaps(reading, 'actions', value).flatMap((map) => {
    const fields = readFields(reading, { what: 'an action', known: actionKeys }, map);
    const remove = readRemove(reading, fields, map);
    const type = readText(reading, fields, 'type');
    if (type !== undefined || remove) return [parseAction(reading, { fields, type, remove, whole: map })];
    reportWrongType(reading, map.span, 'An action needs a `type`, such as `type: validate`.');
    return [];
  });
}

interface WrittenAction {
  readonly fields: Fields;
  /** undefined only for an entry that removes another one. */
  readonly type: Written | undefined;
  readonly remove: boolean;
  readonly whole: YamlValue;
}

function parseAction(reading: Reading, { fields, type, remove, whole }: WrittenAction): Action {
  const text = (key: string): string | undefined => readText(reading, fields, key)?.value;
  const field = <Value>(
    key: string,
    read: (reading: Reading, key: string, written: Written) => Value | undefined,
  ): Value | undefined => readField(reading, { fields, key }, read);
  return {
    type: type === undefined ? '' : resolveType(reading, type),
    written: type?.value ?? '',
    id: text('id'),
    message: text('message')?.trim() ?? '',
    target: text('target'),
    conditions: parseConditions(reading, fields.get('conditions')),
    severity: field('severity', (inner, _key, written) => readSeverity(inner, written)),
    model: text('model'),
    approval: field('approval', (inner, key, written) =>
      readWord(inner, { key, words: approvalWords }, written),
    ),
    context: readTexts(reading, fields, 'context').map((written) => written.value),
    timeoutMs: field('timeout', readDuration) ?? defaultTimeoutMs,
    remove,
    needs: readTexts(reading, fields, 'needs'),
    when:
      field('when', (inner, key, written) => readWord(inner, { key, words: moments }, written)) ?? 'success',
    retry: field('retry', (inner, key, written) => readCount(inner, { key, most: maxRetries }, written)) ?? 0,
    fallback: readText(reading, fields, 'fallback'),
    command: readCommand(reading, fields),
    task: readText(reading, fields, 'task'),
    problemMatchers: readMatchers(reading, fields),
    switches: readSwitches(reading, fields),
    answerForm: field('answer_form', (inner, key, written) =>
      readWord(inner, { key, words: formWishes }, written),
    ),
    minCoverage: field('min_coverage', readPercent),
    failUnder: field('fail_under', readPercent),
    span: whole.span,
    fields: spansOf(fields),
  };
}

function resolveType(reading: Reading, type: Written): string {
  const known = resolveActionType(type.value);
  if (known !== undefined) return known;
  report(
    reading,
    unknownWord({
      code: 'rule.unknown-action',
      severity: 'warning',
      what: 'type of action',
      word: type.value,
      near: nearestWord(type.value, actionWords),
      span: type.span,
      consequence: 'The rule does not fire by itself until it is mended.',
    }),
  );
  return type.value;
}

function readCommand(reading: Reading, fields: Fields): CommandText | undefined {
  if (fields.get('command')?.kind === 'list')
    return { form: 'arguments', items: readTexts(reading, fields, 'command') };
  const line = readText(reading, fields, 'command');
  return line === undefined ? undefined : { form: 'line', line };
}

function readMatchers(reading: Reading, fields: Fields): readonly MatcherWish[] | undefined {
  const values = matcherKeys.flatMap((key) => {
    const value = fields.get(key);
    if (value === undefined) return [];
    return value.kind === 'list' ? value.items : [value];
  });
  const wishes = values.flatMap((value): readonly MatcherWish[] => {
    const plain = toPlain(value);
    if (plain === null || plain === '') return [];
    const read = readMatcher(plain);
    if ('fault' in read)
      report(reading, { code: 'rule.bad-pattern', severity: 'error', message: read.fault, span: value.span });
    return typeof plain === 'string'
      ? [{ form: 'name', name: { value: plain, span: value.span } }]
      : [{ form: 'own', value: plain, span: value.span }];
  });
  return wishes.length === 0 ? undefined : wishes;
}

function readSwitches(reading: Reading, fields: Fields): ActionSwitches {
  const read = (name: keyof ActionSwitches): boolean =>
    readField(reading, { fields, key: switchKeys[name] }, readBoolean) ?? false;
  return {
    shell: read('shell'),
    idempotent: read('idempotent'),
    sandbox: read('sandbox'),
    mayChangeTests: read('mayChangeTests'),
    redFirst: read('redFirst'),
    ratchet: read('ratchet'),
    showMissing: read('showMissing'),
    skipCovered: read('skipCovered'),
  };
}
