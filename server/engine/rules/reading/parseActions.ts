import type { Action } from '../rule.ts';
import { actionWords, resolveActionType } from '../vocabulary/actions.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { parseConditions } from './parseConditions.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';
import { readDuration, readSeverity, readWord, type Written } from './readTyped.ts';
import type { YamlValue } from './readYaml.ts';
import { readFields, readMaps, readText, readTexts, type Fields } from './yamlFields.ts';

export const approvalWords = ['auto', 'ask', 'preview'] as const;

/** Keys that later versions act on; a rule with one of them is read, and the key is named as not working yet. */
const laterKeys = ['needs', 'when', 'retry', 'fallback'];
const actionKeys = [
  ...['id', 'type', 'message', 'target', 'conditions', 'severity', 'model', 'approval', 'context', 'timeout'],
  ...[
    'command',
    'shell',
    'task',
    'idempotent',
    'sandbox',
    'may_change_tests',
    'red_first',
    'min_coverage',
    'ratchet',
  ],
  ...['show_missing', 'skip_covered', 'fail_under', 'description', 'remove', ...laterKeys],
];

const defaultTimeoutMs = 600_000;

/** Reads `actions`. An entry of an unknown type stays in the list and never acts. */
export function parseActions(reading: Reading, value: YamlValue | undefined): readonly Action[] {
  return readMaps(reading, 'actions', value).flatMap((map) => {
    const fields = readFields(reading, { what: 'an action', known: actionKeys }, map);
    const type = readText(reading, fields, 'type');
    if (type !== undefined) return [parseAction(reading, { fields, type, whole: map })];
    reportWrongType(reading, map.span, 'An action needs a `type`, such as `type: validate`.');
    return [];
  });
}

interface WrittenAction {
  readonly fields: Fields;
  readonly type: Written;
  readonly whole: YamlValue;
}

function parseAction(reading: Reading, { fields, type, whole }: WrittenAction): Action {
  const text = (key: string): string | undefined => readText(reading, fields, key)?.value;
  const typed = <Value>(key: string, read: (written: Written) => Value | undefined): Value | undefined => {
    const written = readText(reading, fields, key);
    return written === undefined ? undefined : read(written);
  };
  reportLaterKeys(reading, fields);
  return {
    type: resolveType(reading, type),
    written: type.value,
    id: text('id'),
    message: text('message')?.trim() ?? '',
    target: text('target'),
    conditions: parseConditions(reading, fields.get('conditions')),
    severity: typed('severity', (written) => readSeverity(reading, written)),
    model: text('model'),
    approval: typed('approval', (written) =>
      readWord(reading, { key: 'approval', words: approvalWords }, written),
    ),
    context: readTexts(reading, fields, 'context').map((written) => written.value),
    timeoutMs: typed('timeout', (written) => readDuration(reading, 'timeout', written)) ?? defaultTimeoutMs,
    span: whole.span,
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

function reportLaterKeys(reading: Reading, fields: Fields): void {
  for (const key of laterKeys) {
    const value = fields.get(key);
    if (value === undefined) continue;
    const message = `\`${key}\` has no effect yet: actions run in the order written.`;
    report(reading, { code: 'rule.not-supported-yet', severity: 'information', message, span: value.span });
  }
}
