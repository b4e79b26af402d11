import assert from 'node:assert/strict';
import type { Firing } from '../engine/engine.ts';
import type { EventExplanation } from '../engine/triggers/explain/explainEvent.ts';
import type { FileEvent } from '../engine/triggers/fileEvent.ts';
import { source, withSampleSlice } from './sampleSlice.ts';
import { neverAborted, plainSettings, type SliceOptions } from './sliceWorkspace.ts';

const generate = 'actions: [{type: generate_tests}]';
const ruleText = (...keys: readonly string[]): string => ['---', ...keys, '---', 'Body', ''].join('\n');

describe('what is explained before an event', function () {
  this.timeout(30_000);

  const files = {
    '.cursor/rules/saved.mdc': ruleText('on: save', generate),
    '.cursor/rules/opened.mdc': ruleText('on: open', generate),
    '.cursor/rules/globbed.mdc': ruleText('on: save', 'globs: "**/*.py"', generate),
    '.cursor/rules/auto.mdc': ruleText('on: save', 'origin: [user, auto]', generate),
    '.cursor/rules/content.mdc': ruleText(
      'on: save',
      'filters: [{type: content, pattern: nothing like it}]',
      generate,
    ),
    '.cursor/rules/changed.mdc': ruleText(
      'on: save',
      'filters: [{type: changed_content, pattern: "// new"}]',
      generate,
    ),
    '.cursor/rules/trivial.mdc': ruleText('on: save', 'skip: trivial', generate),
    '.cursor/rules/tests.mdc': ruleText('on: save', 'filters: [{type: tests, pattern: red}]', generate),
    '.cursor/rules/off.mdc': ruleText('on: save', 'enabled: false', generate),
    '.cursor/rules/checks.mdc': ruleText('actions: [{type: validate, conditions: [{pattern: x}]}]'),
    '.cursor/rules/command.mdc': ruleText('on: save', 'actions: [{type: run, command: ls}]'),
    'ignored/node_modules/a.js': '',
  };
  const cases: readonly (readonly [
    title: string,
    event: Partial<FileEvent>,
    options: Partial<SliceOptions>,
  ])[] = [
    ['a save', {}, {}],
    ['a save where a person can be asked', {}, { interactive: true }],
    ['a save of a comment', { before: 'a();\n', text: 'a(); // new\n' }, { interactive: true }],
    ['an automatic save', { origin: 'auto' }, { interactive: true }],
    ['opening', { name: 'open' }, { interactive: true }],
    ['typing', { name: 'change' }, { interactive: true }],
    ['a deep chain', { depth: 9 }, { interactive: true }],
    ['a dependency', { path: 'ignored/node_modules/a.js' }, { interactive: true }],
    ['a save that nobody trusts', {}, { trusted: false }],
    [
      'a save without a model',
      {},
      { settings: { ai: { ...plainSettings.ai, enabled: false } }, interactive: true },
    ],
  ];
  for (const [title, change, options] of cases) {
    it(`is what happens then: ${title}`, () =>
      withSampleSlice({ script: [], files, ...options }, async ({ running, root }) => {
        const { engine } = running;
        const event: FileEvent = { root, path: source, name: 'save', origin: 'user', depth: 0, ...change };
        const explained = (await engine.ruleQueries(root)?.explainEvent(event, neverAborted)) ?? [];
        const firings = await engine.handleEvent(event, neverAborted);
        assert.ok(explained.length >= Object.keys(files).length - 1 && firings.length > 0);
        const byId = new Map(explained.map((each) => [each.rule.id, each]));
        for (const firing of firings) assertSame(byId.get(firing.ruleId), firing);
        await engine.stop('all');
      }));
  }
});

/** A missing approval is no obstacle to the firing itself: its run asks, and ends where nobody can be asked. */
function assertSame(explained: EventExplanation | undefined, { rule, fires, reason }: Firing): void {
  assert.ok(explained, rule);
  const { applies, reason: said } = explained.fires;
  const awaitsApproval = /allowed it/.test(said);
  const starts = explained.actions.some(({ type }) => type === 'generate_tests');
  const message = `${rule}: ${reason} / ${said}`;
  assert.equal((starts && applies === 'yes') || awaitsApproval, fires, message);
  if (fires || awaitsApproval || !starts) return;
  assert.ok(said.endsWith(reason) || said === 'no model can be asked', message);
}
