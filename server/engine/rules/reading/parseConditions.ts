import type { Condition } from '../rule.ts';
import { checkPattern, unescapePattern } from './checkPattern.ts';
import { report, reportWrongType, type Reading } from './reading.ts';
import { readBoolean, readSeverity, readWord, type Written } from './readTyped.ts';
import type { YamlValue } from './yamlValue.ts';
import {
  insideQuotes,
  readField,
  readFields,
  readMaps,
  readText,
  readTexts,
  spansOf,
  type Fields,
} from './yamlFields.ts';

/** All keys of a condition. */
export const conditionKeys: readonly string[] = [
  ...[
    'pattern',
    'negative_pattern',
    'pattern_negate',
    'message',
    'target',
    'must',
    'negated',
    'severity',
    'fix',
  ],
  ...['file_pattern', 'location', 'learn_more_url', 'id', 'description'],
];
const targets = ['content', 'path', 'changed'] as const;
const musts = ['present', 'absent'] as const;

/** Reads the conditions of an action. */
export function parseConditions(reading: Reading, value: YamlValue | undefined): readonly Condition[] {
  return readMaps(reading, 'conditions', value).map((map) => {
    const fields = readFields(reading, { what: 'a condition', known: conditionKeys }, map);
    return parseCondition(reading, fields, map);
  });
}

function parseCondition(reading: Reading, fields: Fields, whole: YamlValue): Condition {
  const pattern = readPattern(reading, fields, 'pattern');
  const negative =
    readPattern(reading, fields, 'negative_pattern') ?? readPattern(reading, fields, 'pattern_negate');
  if (pattern === undefined && negative === undefined) {
    reportWrongType(reading, whole.span, 'A condition needs a `pattern` or a `negative_pattern`.');
  }
  const target = readTarget(reading, fields, pattern);
  const message = readText(reading, fields, 'message')?.value.trim();
  const must = readField(reading, { fields, key: 'must' }, (inner, key, written) =>
    readWord(inner, { key, words: musts }, written),
  );
  return {
    pattern: pattern?.value,
    negativePattern: negative?.value,
    message,
    target,
    explicit: fields.has('must'),
    must: must ?? 'absent',
    negated: readField(reading, { fields, key: 'negated' }, readBoolean) ?? false,
    pathPatterns: ['file_pattern', 'location'].flatMap((key) => readPathPatterns(reading, fields, key)),
    severity: readField(reading, { fields, key: 'severity' }, (inner, _key, written) =>
      readSeverity(inner, written),
    ),
    fix: readFix(reading, fields, { isJoined: message === undefined || message === '', target }),
    learnMoreUrl: readUrl(reading, fields),
    span: pattern?.span ?? negative?.span ?? whole.span,
    fields: spansOf(fields),
  };
}

interface FixedCondition {
  readonly isJoined: boolean;
  readonly target: Condition['target'];
}

/** A fix replaces one match in a text: conditions that are joined, or about a path, have no such place. */
function readFix(
  reading: Reading,
  fields: Fields,
  { isJoined, target }: FixedCondition,
): Written | undefined {
  const fix = readText(reading, fields, 'fix');
  if (fix === undefined) return undefined;
  if (isJoined)
    reportWrongType(
      reading,
      fix.span,
      'A `fix` needs a `message` beside it: without one, the condition is joined with the others and has no match of its own.',
    );
  else if (target === 'path')
    reportWrongType(reading, fix.span, 'A `fix` changes text, and this condition is about the path.');
  return fix;
}

function readUrl(reading: Reading, fields: Fields): Written | undefined {
  const url = readText(reading, fields, 'learn_more_url');
  if (url === undefined || /^https?:\/\/[^\s/]\S*$/i.test(url.value)) return url;
  const message = '`learn_more_url` is an address that begins with https://; this one is not shown.';
  report(reading, { code: 'rule.wrong-type', severity: 'warning', message, span: url.span });
  return undefined;
}

function readPattern(reading: Reading, fields: Fields, key: string): Written | undefined {
  const written = readText(reading, fields, key);
  return written === undefined ? undefined : readOnePattern(reading, written);
}

function readPathPatterns(reading: Reading, fields: Fields, key: string): readonly string[] {
  return readTexts(reading, fields, key).map((written) => readOnePattern(reading, written).value);
}

function readOnePattern(reading: Reading, written: Written): Written {
  const value = unescapePattern(written.value);
  const span = insideQuotes(reading.text, written.span);
  checkPattern(reading, value, { span });
  return { value, span };
}

/** Anchored on a path, as in `^(?!\.\/src\/)`. */
const pathAnchored = /^\^(?:\(\?!)?\\\.\??\\?\//;

function readTarget(reading: Reading, fields: Fields, pattern: Written | undefined): Condition['target'] {
  const written = readText(reading, fields, 'target');
  const target = written && readWord(reading, { key: 'target', words: targets }, written);
  if (target !== undefined) return target;
  if (pattern === undefined || !pathAnchored.test(pattern.value)) return 'content';
  const message =
    'This pattern is anchored on a path, so it is tested on the path: write `target: path` to say so.';
  report(reading, { code: 'rule.path-pattern', severity: 'hint', message, span: pattern.span });
  return 'path';
}
