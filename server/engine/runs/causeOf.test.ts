import assert from 'node:assert/strict';
import type { FiringReason } from '../../protocol/runEvents.ts';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { scriptPatterns } from '../../test/scriptPatterns.ts';
import { createTextCatalog } from '../../test/textCatalog.ts';
import { decideFirings } from '../triggers/decideFirings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { causeOf } from './causeOf.ts';

const { signal } = new AbortController();
const saved: FileEvent = { root: '/w', path: 'a.ts', name: 'save', origin: 'user', depth: 1, text: '' };
const generate = 'actions: [{type: generate_tests}]';
const parent = `---\nabstract: true\non:\n  - open\n  - save\n${generate}\n---\n`;

const cases: readonly (readonly [title: string, rule: string, FiringReason])[] = [
  [
    'in the rule',
    `---\r\nglobs: "**"\r\non: save\r\n${generate}\r\n---\r\n`,
    { reason: 'it fires on `save`, and its globs match', place: { path: 'r.mdc', line: 2, character: 4 } },
  ],
  [
    'in its parent',
    '---\nextends: p\n---\n',
    { reason: 'it fires on `save`', place: { path: 'p.mdc', line: 4, character: 4 } },
  ],
  [
    'nowhere',
    '---\nactions: [{type: validate, conditions: [{pattern: x}]}]\n---\n',
    { reason: 'it checks live' },
  ],
];

describe('the cause of a run names what decided', () => {
  for (const [title, rule, { reason, place }] of cases) {
    it(title, async () => {
      const at = (name: string): string => `.cursor/rules/${name}`;
      const catalog = createTextCatalog({ [at('r.mdc')]: rule, [at('p.mdc')]: parent });
      const rules = catalog.effectiveRules(at('r.mdc')).map((each) => each.rule);
      const context = { files: createInMemoryFiles(), patterns: scriptPatterns };
      const [decision] = await decideFirings({ event: saved, rules, context, signal });
      assert.ok(decision);
      assert.deepEqual(causeOf(saved, decision, catalog), {
        event: 'save',
        origin: 'user',
        depth: 1,
        decision: { reason, ...(place === undefined ? {} : { place: { ...place, path: at(place.path) } }) },
      });
    });
  }
});
