import assert from 'node:assert/strict';
import type { Engine } from '../engine/engine.ts';
import type { JournalStore, StoredJournal } from '../engine/ports/journal.ts';
import { parseRuleDocument } from '../engine/rules/parseRuleDocument.ts';
import type { RuleSummary } from '../protocol/requests.ts';
import type { RunEvent, RunStep } from '../protocol/runEvents.ts';
import { CommandLineWorkspace, type Ended } from '../test/commandLine.ts';
import { escape } from '../test/runViews.ts';
import { createPlainCatalog } from '../test/plainCatalog.ts';
import { createScriptedEngine } from '../test/scriptedEngine.ts';
import type { ProviderInfo } from './commandContext.ts';
import { unsetSettings } from '../engine/settings.ts';

const path = '.cursor/rules/tests.mdc';
const ruleText = `---
description: Writes tests
globs: src/**/*.js
on: save
enabled: false
---
Write tests for {{file}}.
`;
const document = parseRuleDocument(path, ruleText);

describe('clctl', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ [path]: ruleText });
  });
  after(() => workspace.remove());

  describe('rules', () => {
    it('lists name, kind, path and why a rule is not active', async () => {
      const { code, stdout } = await withRules('ctl rules');
      assert.equal(code, 0);
      assert.match(stdout, /^NAME +KIND +PATH +STATE\n/);
      assert.match(
        stdout,
        new RegExp(`${document.file.kind} +${path.replaceAll('.', '\\.')} +${document.file.inactiveReason}`),
      );
      assert.doesNotMatch(stdout, /[\u001B\u202E]/);
    });

    it('lists them as JSON', async () => {
      const { stdout } = await withRules('ctl rules --json');
      const [row] = JSON.parse(stdout) as Record<string, unknown>[];
      assert.deepEqual([row?.['path'], row?.['line'], row?.['active']], [path, 1, false]);
      assert.equal(row?.['inactiveReason'], document.file.inactiveReason);
    });

    it('says where rules lie when there is none', async () => {
      const { code, stdout } = await workspace.run('ctl rules');
      assert.equal(code, 0);
      assert.match(stdout, /\.cursor\/rules/);
      assert.equal((await workspace.run('ctl rules --json')).stdout, '[]\n');
    });

    it('leaves out rules of other folders', async () => {
      const engine = createScriptedEngine({ rules: () => [{ ...summary(), folder: '/elsewhere' }] });
      assert.equal((await workspace.run('ctl rules --json', { engine: { engine } })).stdout, '[]\n');
    });
  });

  describe('rule show', () => {
    it('shows what makes it fire, its state, its problems, and its whole text', async () => {
      const { code, stdout } = await withRules(`ctl rule show ${document.file.name}`);
      assert.equal(code, 0);
      assert.match(stdout, /Globs +src\/\*\*\/\*\.js\n/);
      assert.match(stdout, new RegExp(`State +${document.file.inactiveReason}`));
      assert.match(stdout, /\n {4}Write tests for \{\{file\}\}\./);
      assert.doesNotMatch(stdout, /[\u001B\u202E]/);
    });

    it('shows it as JSON with the exact text', async () => {
      const { stdout } = await withRules(`ctl rule show ${document.file.name} --json`);
      const shown = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual(
        [shown['id'], shown['text'], shown['globs']],
        [document.file.id, ruleText, ['src/**/*.js']],
      );
    });

    it('refuses an unknown name with 2', async () => {
      const { code, stderr } = await withRules('ctl rule show other');
      assert.equal(code, 2);
      assert.match(stderr, /no rule other/);
    });
  });

  describe('models', () => {
    const providers: readonly ProviderInfo[] = [
      {
        id: 'hosted',
        label: 'Hosted',
        baseUrl: 'https://h/v1',
        needsKey: true,
        keyVariables: ['HOSTED_KEY'],
      },
      { id: 'other', label: 'Other', baseUrl: 'https://o', needsKey: true, keyVariables: ['A_KEY', 'B_KEY'] },
      { id: 'local', label: 'Local', baseUrl: 'http://127.0.0.1:1', needsKey: false, keyVariables: [] },
    ];
    const models = (words: string, ai: Partial<typeof unsetSettings.ai>): Promise<Ended> =>
      workspace.run(words, {
        engine: {
          providers,
          secrets: { read: async (name) => (name === 'hosted' ? 'sk-very-secret' : undefined) },
        },
        line: {
          environment: {
            settings: { ...unsetSettings, ai: { ...unsetSettings.ai, ...ai } },
            problems: [],
            unknown: [],
          },
        },
      });

    it('tells the providers, the chosen one and whether a key is there, never the key', async () => {
      const ended = await models('ctl models', {
        provider: 'hosted',
        model: 'm1',
        baseUrl: 'https://me:secret@proxy/v1?key=secret',
      });
      assert.match(ended.stdout, /\* +hosted +present +https:\/\/proxy\/v1\n/);
      assert.match(ended.stdout, / +other +missing \(A_KEY or B_KEY\)/);
      assert.match(ended.stdout, / +local +not needed/);
      assert.match(ended.stdout, /hosted\/m1 is chosen/);
      assert.doesNotMatch(ended.stdout + ended.stderr, /secret/);
    });

    it('tells the same as JSON', async () => {
      const { stdout } = await models('ctl models --json', { provider: 'hosted', model: 'm1' });
      const told = JSON.parse(stdout) as { providers: Record<string, unknown>[] };
      assert.deepEqual(
        told.providers.map((row) => [row['id'], row['chosen'], row['model'], row['hasKey']]),
        [
          ['hosted', true, 'm1', true],
          ['other', false, null, false],
          ['local', false, null, false],
        ],
      );
      assert.doesNotMatch(stdout, /secret/);
    });

    const choices: readonly (readonly [Partial<typeof unsetSettings.ai>, RegExp])[] = [
      [{}, /No model is chosen: set CODEGEN_LAB_CONFIG_AI_PROVIDER/],
      [{ enabled: false, provider: 'hosted' }, /switched off/],
      [{ provider: 'unheard-of' }, /unheard-of is chosen, but no such provider is known/],
    ];
    for (const [ai, expected] of choices) {
      it(`explains the choice ${JSON.stringify(ai)}`, async () =>
        assert.match((await models('ctl models', ai)).stdout, expected));
    }
  });

  describe('log', () => {
    const journals = [
      journal('c1running', [started('c1running')], { owned: true }),
      journal('b2finished', [started('b2finished'), finished('b2finished', 'refused')]),
      journal('b1undecided', [started('b1undecided'), waiting('b1undecided')]),
      journal('a2died', [started('a2died')]),
      journal('a1foreign', [], { trusted: false }),
      journal('a0damaged', [started('a0damaged')], { trusted: false, damaged: true }),
    ];

    it('lists runs with how they ended', async () => {
      const { code, stdout } = await withJournals('ctl log');
      assert.equal(code, 0);
      const states = stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [
          line.split(/ +/)[0],
          /running|refused|undecided|interrupted|foreign|damaged/.exec(line.slice(13))?.[0],
        ]);
      assert.deepEqual(states, [
        ['c1running', 'running'],
        ['b2finished', 'refused'],
        ['b1undecided', 'undecided'],
        ['a2died', 'interrupted'],
        ['a1foreign', 'foreign'],
        ['a0damaged', 'damaged'],
      ]);
      assert.doesNotMatch(stdout, /[\u001B\u202E]/);
    });

    it('lists runs as JSON', async () => {
      const rows = JSON.parse((await withJournals('ctl log --json')).stdout) as Record<string, unknown>[];
      assert.deepEqual(
        rows.map((row) => row['state']),
        ['running', 'refused', 'undecided', 'interrupted', 'foreign', 'damaged'],
      );
      assert.deepEqual(
        [rows[1]?.['startedAt'], rows[1]?.['code'], rows[1]?.['cost']],
        ['1970-01-01T00:00:01.000Z', 'trust.missing', 0],
      );
    });

    it('shows one run with its timeline, found by the beginning of its id', async () => {
      const { code, stdout } = await withJournals('ctl log b2');
      assert.equal(code, 0);
      assert.match(stdout, /^b2finished refused\n/);
      assert.match(stdout, /0\.0 s · Rule tests.*fired +save of src\/a\.js\n/);
      assert.match(stdout, /1\.5 s ✗ Finished +Trust it first\./);
      assert.doesNotMatch(stdout, /[\u001B\u202E]/);
      const one = JSON.parse((await withJournals('ctl log b2 --json')).stdout) as { timeline: unknown[] };
      assert.equal(one.timeline.length, 2);
    });

    it('shows nothing of a journal that this machine did not write', async () => {
      assert.match(
        (await withJournals('ctl log a1')).stdout,
        /^a1foreign foreign\nThis machine did not write/,
      );
    });

    it('refuses an id that no run or several have', async () => {
      const none = await withJournals('ctl log zz');
      const several = await withJournals('ctl log b');
      assert.deepEqual([none.code, several.code], [2, 2]);
      assert.match(none.stderr, /no run zz/);
      assert.match(several.stderr, /2 runs begin with b/);
    });

    it('says that nothing ran yet, and opens no folder to say so', async () => {
      const engine = createScriptedEngine();
      const { stdout } = await workspace.run('ctl log', { engine: { engine } });
      assert.equal(stdout, 'No rule has run here yet.\n');
      assert.deepEqual(engine.calls, ['dispose']);
    });

    function withJournals(words: string): Promise<Ended> {
      const store: Pick<JournalStore, 'recent'> = {
        recent: async (_root, limit) => journals.slice(0, limit),
      };
      return workspace.run(words, { engine: { journals: store } });
    }
  });

  function withRules(words: string): Promise<Ended> {
    const catalog = createPlainCatalog([document]);
    const answers: Partial<Engine> = { rules: () => [summary()], ruleCatalog: () => catalog };
    return workspace.run(words, { engine: { engine: createScriptedEngine(answers) } });
  }

  function summary(): RuleSummary {
    const { id, name, kind, description } = document.file;
    return {
      folder: workspace.root,
      ruleId: id,
      name,
      kind,
      uri: '',
      line: 0,
      description,
      fires: false,
      active: false,
      abstract: false,
      enabled: true,
      place: 'live',
    };
  }
});

function journal(
  run: string,
  events: readonly RunEvent[],
  change: Partial<StoredJournal> = {},
): StoredJournal {
  return { run, events, trusted: true, owned: false, ...change };
}

function event(run: string, at: number, step: RunStep): RunEvent {
  return { ...step, v: 1, run, seq: 0, at };
}

function started(run: string): RunEvent {
  return event(run, 1_000, {
    type: 'run.started',
    rule: `tests${escape}`,
    ruleId: path,
    ruleHash: '',
    action: 'generate_tests',
    file: 'src/a.js',
    fileDigest: '',
    cause: { event: 'save', origin: 'user', depth: 0 },
    budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
    approval: 'preview',
  });
}

function waiting(run: string): RunEvent {
  return event(run, 2_000, { type: 'run.waiting', on: 'decision', message: 'Look at it.' });
}

function finished(run: string, outcome: 'refused'): RunEvent {
  return event(run, 2_500, {
    type: 'run.finished',
    outcome,
    code: 'trust.missing',
    message: `Trust it first.${escape}`,
  });
}
