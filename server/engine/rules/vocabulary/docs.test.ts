import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { blockReaders, frontmatterReaders } from '../reading/keyReaders.ts';
import { actionDocs } from './actionDocs.ts';
import { actionWords, resolveActionType } from './actions.ts';
import { eventDocs } from './eventDocs.ts';
import { eventWords, resolveEvent } from './events.ts';
import { filterDocs } from './filterDocs.ts';
import { filterWords, resolveFilterType } from './filters.ts';
import {
  actionKeyDocs,
  blockKeys,
  budgetKeyDocs,
  conditionKeyDocs,
  filterKeyDocs,
  keyDocs,
  optionKeyDocs,
} from './keyDocs.ts';
import { variableDocs } from './variableDocs.ts';
import { variableNames } from './variables.ts';
import type { WordDocs } from './wordDoc.ts';

const guide = readFileSync(new URL('../../../../docs/rules/writing-rules.md', import.meta.url), 'utf8');
const sorted = (words: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(words)].map(String).toSorted((left, right) => left.localeCompare(right));

/** The keys that the reader does not know, of those that the lines set. */
function unknownKeys(lines: readonly string[]): readonly string[] {
  const { problems } = parseRuleDocument('x.mdc', ['---', ...lines, '---', ''].join('\n'));
  return problems.filter(({ code }) => code === 'rule.unknown-key').map(({ message }) => message);
}

describe('what words mean', () => {
  it('is written for exactly the keys that are read', () => {
    assert.deepEqual(sorted(Object.keys(keyDocs)), sorted(Object.keys(frontmatterReaders)));
    assert.deepEqual(sorted(blockKeys), sorted(Object.keys(blockReaders)));
  });

  it('is written for exactly the events, filters and actions that are known', () => {
    assert.deepEqual(sorted(Object.keys(eventDocs)), sorted(eventWords.map(resolveEvent)));
    assert.deepEqual(sorted(Object.keys(filterDocs)), sorted(filterWords.map(resolveFilterType)));
    assert.deepEqual(sorted(Object.keys(actionDocs)), sorted(actionWords.map(resolveActionType)));
  });

  it('is written for exactly the variables that are known', () => {
    assert.deepEqual(sorted(Object.keys(variableDocs)), sorted(variableNames));
  });

  const nested: readonly (readonly [string, WordDocs, readonly string[], string])[] = [
    ['filters', filterKeyDocs, ['filters:', '  - type: content'], '    '],
    ['options', optionKeyDocs, ['filters:', '  - type: content', '    options:'], '      '],
    ['budget', budgetKeyDocs, ['budget:'], '  '],
    ['actions', actionKeyDocs, ['actions:', '  - type: run'], '    '],
    [
      'conditions',
      conditionKeyDocs,
      ['actions:', '  - type: reject', '    conditions:', '      - pattern: x'],
      '        ',
    ],
  ];
  for (const [where, docs, above, indent] of nested) {
    const keys = Object.keys(docs).filter((key) => key !== 'type' && key !== 'pattern');
    it(`is written in ${where} only for keys that are read`, () => {
      assert.deepEqual(unknownKeys([...above, ...keys.map((key) => `${indent}${key}: x`)]), []);
      assert.equal(unknownKeys([...above, `${indent}nobody: x`]).length, 1);
    });
  }

  it('stands in the guide, each word of it', () => {
    const tables = [
      keyDocs,
      eventDocs,
      filterDocs,
      actionDocs,
      actionKeyDocs,
      conditionKeyDocs,
      optionKeyDocs,
      budgetKeyDocs,
    ];
    const words = tables.flatMap((table) => Object.keys(table));
    const written = new Set(
      Array.from(guide.matchAll(/`[^`\n]+`/g)).flatMap(([code]) => code.match(/[\w-]+/g) ?? []),
    );
    const missing = words.filter((word) => !written.has(word));
    assert.deepEqual(missing, []);
    for (const name of Object.keys(variableDocs)) assert.ok(guide.includes(`{${name}}`), name);
  });

  it('are sentences', () => {
    const docs: readonly WordDocs[] = [
      keyDocs,
      eventDocs,
      filterDocs,
      actionDocs,
      actionKeyDocs,
      conditionKeyDocs,
      variableDocs,
    ];
    for (const { summary } of docs.flatMap((table) => Object.values(table)))
      assert.match(summary, /^[A-Z`{].*[.)!]$/s);
  });
});
