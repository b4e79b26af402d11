import type { Condition } from '../rule.ts';
import { checkPattern, unescapePattern } from './checkPattern.ts';
import { report, reportWrongType, type Reading } from './reading.ts';
import { readBoolean, readSeverity, readWord, type Written } from './readTyped.ts';
import type { YamlValue } from './readYaml.ts';
import { insideQuotes, readFields, readMaps, readText, readTexts, type Fields } from './yamlFields.ts';

const conditionKeys = [
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
  const typed = <Value>(key: string, read: (written: Written) => Value | undefined): Value | undefined => {
    const written = readText(reading, fields, key);
    return written === undefined ? undefined : read(written);
  };
  return {
    pattern: pattern?.value,
    negativePattern: negative?.value,
    message: readText(reading, fields, 'message')?.value.trim(),
    target: readTarget(reading, fields, pattern),
    explicit: fields.has('must'),
    must: typed('must', (written) => readWord(reading, { key: 'must', words: musts }, written)) ?? 'absent',
    negated: typed('negated', (written) => readBoolean(reading, 'negated', written)) ?? false,
    pathPatterns: ['file_pattern', 'location'].flatMap((key) => readPathPatterns(reading, fields, key)),
    severity: typed('severity', (written) => readSeverity(reading, written)),
    span: pattern?.span ?? negative?.span ?? whole.span,
  };
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
