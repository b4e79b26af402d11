import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { noSyntax } from '../../test/noSyntax.ts';
import { createMemoryConsent } from '../../test/memoryConsent.ts';
import { ruleHash } from '../rules/effectiveHash.ts';
import { createFolderPaths } from '../rules/globs/folderPaths.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import { defaultSettings, type AiSettings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { findBar } from './findBar.ts';

const { signal } = new AbortController();
const digest = (text: string): string => `digest of ${text}`;
const saved: FileEvent = {
  root: '/w',
  path: 'src/a.ts',
  name: 'save',
  origin: 'user',
  depth: 0,
  text: 'let a;\n',
};
const generate = 'actions: [{type: generate_tests}]';
const chosen: AiSettings = { enabled: true, provider: 'ollama', model: 'm' };

interface Case {
  readonly title: string;
  readonly keys?: readonly string[];
  readonly event?: Partial<FileEvent>;
  /** The file has no text that can be read. */
  readonly noText?: true;
  readonly ai?: AiSettings;
  readonly untrusted?: true;
  readonly off?: true;
  readonly held?: string;
  readonly answer?: 'allowed' | 'denied';
  readonly allowedBefore?: true;
  readonly headless?: true;
  readonly lastSeen?: string;
  /** undefined: nothing bars it. */
  readonly reason: RegExp | undefined;
  readonly change?: RegExp;
  readonly asks?: true;
  readonly key?: 'skip';
}

const cases: readonly Case[] = [
  { title: 'nothing, when it is allowed', answer: 'allowed', reason: undefined },
  {
    title: 'nothing, when it only checks',
    keys: ['actions: [{type: validate, conditions: [{pattern: x}]}]'],
    untrusted: true,
    reason: undefined,
  },
  {
    title: 'a rebase that is under way',
    held: 'a rebase of git is under way',
    answer: 'allowed',
    reason: /^a rebase of git is under way, so it waits/,
    change: /decided anew/,
  },
  {
    title: 'nothing, when a person runs it during a rebase',
    held: 'a rebase of git is under way',
    event: { name: 'manual' },
    answer: 'allowed',
    reason: undefined,
  },
  {
    title: 'rules that are switched off',
    off: true,
    untrusted: true,
    reason: /codegenLab\.rules\.enabled/,
    change: /Switch rules on/,
  },
  {
    title: 'nothing, when rules are switched off and it only checks',
    keys: ['actions: [{type: validate, conditions: [{pattern: x}]}]'],
    off: true,
    reason: undefined,
  },
  {
    title: 'an action that this version does not carry out, whatever stands beside it',
    keys: ['actions: [{type: run, command: ls}, {type: plan}]'],
    answer: 'allowed',
    reason: /`plan` is not available/,
    change: /generate_tests/,
  },
  {
    title: 'nothing, when all of the actions are available',
    keys: ['actions: [{type: run, command: ls}, {type: generate_tests}]'],
    answer: 'allowed',
    reason: undefined,
  },
  { title: 'typing', event: { name: 'change' }, reason: /still being typed/, change: /`save`/ },
  { title: 'no text', noText: true, reason: /no text file/, change: /Choose/ },
  {
    title: 'git, which ignores the file',
    event: { path: 'out/a.ts' },
    reason: /ignored by version control/,
    change: /Choose/,
  },
  {
    title: 'missing trust',
    untrusted: true,
    answer: 'allowed',
    reason: /not trusted/,
    change: /^Trust the workspace\.$/,
  },
  {
    title: 'missing trust without a person',
    untrusted: true,
    headless: true,
    reason: /not trusted/,
    change: /--trust/,
  },
  {
    title: 'no model',
    ai: defaultSettings.ai,
    answer: 'allowed',
    reason: /no model/,
    change: /Set an API key/,
  },
  {
    title: 'a model that is switched off',
    ai: { ...chosen, enabled: false },
    answer: 'allowed',
    reason: /no model/,
    change: /codegenLab\.ai\.enabled/,
  },
  {
    title: 'a text that it ran on',
    lastSeen: 'let a;\n',
    answer: 'allowed',
    reason: /nothing has changed/,
    change: /Change the file/,
  },
  {
    title: 'nothing, when it ran on another text',
    lastSeen: 'let b;\n',
    answer: 'allowed',
    reason: undefined,
  },
  { title: 'a missing approval', reason: /not allowed it yet, so it asks/, change: /Allow/, asks: true },
  {
    title: 'a changed rule',
    allowedBefore: true,
    reason: /has changed since you allowed it, so it asks/,
    change: /Allow/,
    asks: true,
  },
  {
    title: 'a missing approval without a person',
    headless: true,
    reason: /not allowed it yet$/,
    change: /--trust/,
  },
  { title: 'a refused approval', answer: 'denied', reason: /you did not allow it/, change: /Allow/ },
  {
    title: 'a change of comments',
    keys: ['skip: trivial', generate],
    event: { before: 'let a; // b\n' },
    answer: 'allowed',
    reason: /only comments and white space/,
    change: /`skip`/,
    key: 'skip',
  },
  {
    title: 'nothing, when comments count',
    event: { before: 'let a; // b\n' },
    answer: 'allowed',
    reason: undefined,
  },
  {
    title: 'nothing, when code changed',
    keys: ['skip: trivial', generate],
    event: { before: 'let b;\n' },
    answer: 'allowed',
    reason: undefined,
  },
];

describe('what bars a rule that fires:', () => {
  for (const {
    title,
    keys = [generate],
    event = {},
    ai = chosen,
    reason,
    change,
    asks,
    key,
    ...given
  } of cases) {
    it(title, async () => {
      const { file: rule } = parseRuleDocument(
        '.cursor/rules/r.mdc',
        ['---', 'on: save', ...keys, '---', ''].join('\n'),
      );
      const before = { ruleId: rule.id, ruleHash: 'older', decision: 'allowed', at: 0 } as const;
      const now = { ruleId: rule.id, ruleHash: ruleHash(rule, digest), decision: given.answer, at: 1 };
      const consent = createMemoryConsent({
        isTrusted: () => given.untrusted !== true,
        kept: [
          ...(given.allowedBefore === true ? [before] : []),
          ...(now.decision === undefined ? [] : [{ ...now, decision: now.decision }]),
        ],
      });
      const { lastSeen } = given;
      const folder = {
        root: '/w',
        paths: createFolderPaths(createInMemoryFiles({ 'src/a.ts': '' }), '/w'),
        lastSeen: new Map(
          lastSeen === undefined ? [] : [['/w\n.cursor/rules/r.mdc\nsrc/a.ts', digest(lastSeen)]],
        ),
      };
      const { text, ...told } = { ...saved, ...event };
      const bar = await findBar(
        {
          deps: {
            consent,
            digest,
            files: createInMemoryFiles(),
            interactive: given.headless !== true,
            syntax: noSyntax,
          },
          folder,
          settings: {
            ...defaultSettings,
            ai,
            rules: { ...defaultSettings.rules, enabled: given.off !== true },
          },
          heldBy: () => Promise.resolve(given.held),
        },
        { rule, actions: rule.actions },
        text === undefined || given.noText ? told : { ...told, text },
        signal,
      );
      if (reason === undefined) return assert.equal(bar, undefined);
      assert.match(bar?.reason ?? '', reason);
      assert.match(bar?.change ?? '', change ?? /./);
      assert.deepEqual([bar?.asks, bar?.key], [asks, key]);
    });
  }
});
