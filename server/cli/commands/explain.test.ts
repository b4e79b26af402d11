import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunCause, RunEvent } from '../../protocol/runEvents.ts';
import { GitRepository } from '../../test/gitRepository.ts';
import { CommandLineWorkspace, type CommandLineSetup } from '../../test/commandLine.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';
import { escape } from '../../test/runViews.ts';

const ruleText = (...keys: readonly string[]): string => ['---', ...keys, '---', 'Body', ''].join('\n');
const generate = 'actions: [{type: generate_tests}]';

describe('codegen-lab explain FILE --on commit', () => {
  it('looks at the text that is staged, not at the one that is there', async () => {
    const workspace = new RuleCommandWorkspace({
      '.cursor/rules/todo.mdc': ruleText(
        'on: commit',
        'filters: [{type: content, pattern: TODO}]',
        'actions: [{type: reject, conditions: [{pattern: TODO, message: No.}]}]',
      ),
    });
    rmSync(join(workspace.root, '.git'), { recursive: true });
    const repository = new GitRepository({ 'a.js': '// TODO\n' }, workspace.root);
    repository.git('add', 'a.js');
    repository.write({ 'a.js': 'done();\n' });
    const staged = await workspace.run('explain a.js --on commit');
    repository.git('add', 'a.js');
    repository.write({ 'a.js': '// TODO\n' });
    const mended = await workspace.run('explain a.js --on commit');
    workspace.remove();
    assert.match(staged.stdout, /checks +todo/);
    assert.match(mended.stdout, /nothing +todo[^]*`content` does not find/);
  });
});

describe('codegen-lab explain FILE', () => {
  let workspace: RuleCommandWorkspace;
  before(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/bare.mdc': ruleText('globs: "*.js"', 'on: save', generate),
      '.cursor/rules/checks.mdc': ruleText(
        'priority: 1',
        'actions: [{type: validate, conditions: [{pattern: x}]}]',
      ),
      '.cursor/rules/writes.mdc': ruleText('on: save', generate),
      'src/a.js': 'a();\n',
    });
  });
  after(() => workspace.remove());

  it('does not say that checks look at what is no text', async () => {
    const other = new RuleCommandWorkspace({
      '.cursor/rules/checks.mdc': ruleText('actions: [{type: validate, conditions: [{pattern: x}]}]'),
      'a.bin': 'x\u0000',
      'big.js': 'x'.repeat(1_100_000),
    });
    const texts = [];
    for (const file of ['a.bin', 'big.js', 'not-yet.js'])
      texts.push((await other.run(['explain', file])).stdout);
    other.remove();
    assert.match(texts[0] ?? '', /nothing +checks[^]*`a\.bin` is no text file of at most 1 MB\n +→ Choose/);
    assert.match(texts[1] ?? '', /nothing +checks[^]*`big\.js` is no text file/);
    assert.match(texts[2] ?? '', /checks +checks/);
  });

  it('says of every rule what decides, where that stands and what would change it', async () => {
    const { code, stdout } = await workspace.run('explain src/a.js');
    assert.equal(code, 0);
    assert.equal(
      stdout,
      [
        'On save of src/a.js:',
        '',
        'checks   checks .cursor/rules/checks.mdc',
        '         it checks live',
        'nothing  bare .cursor/rules/bare.mdc:2:8',
        '         none of its globs matches `src/a.js`',
        '         → Write `**/*.js` in place of `*.js`, which means one folder only.',
        'nothing  writes .cursor/rules/writes.mdc',
        '         the workspace is not trusted',
        '         → Trust it with --trust.',
        '',
        '1 of 3 rules act',
        '',
      ].join('\n'),
    );
  });

  it('prints one document, about the event and the origin that were asked for', async () => {
    const { stdout } = await workspace.run('explain src/a.js --on file_open --origin disk --json');
    const { rules, ...question } = JSON.parse(stdout) as { readonly rules: readonly unknown[] };
    assert.deepEqual(question, { event: 'open', origin: 'disk', file: 'src/a.js' });
    assert.deepEqual(rules[2], {
      id: '.cursor/rules/writes.mdc',
      name: 'writes',
      path: '.cursor/rules/writes.mdc',
      does: 'nothing',
      reason: 'it fires on `save` and not on `open`',
      change: 'Add `open` to its `on`.',
      place: { path: '.cursor/rules/writes.mdc', line: 2, column: 5 },
    });
  });

  it('explains files that are not there, as seen from the current folder', async () => {
    const line = { cwd: join(workspace.root, 'src') };
    const { code, stdout } = await workspace.run('explain gone.js --on delete', { line });
    assert.equal(code, 0);
    assert.match(stdout, /^On delete of gone\.js:\n[^]*bare \.\.\/\.cursor\/rules\/bare\.mdc:3:5\n/);
    assert.match(stdout, /\n0 of 3 rules act\n$/);
  });

  const wrong: readonly (readonly [words: string, message: RegExp])[] = [
    ['explain', /Name the file, or a run/],
    ['explain a.js b.js', /Only one file/],
    ['explain a.js --on saved', /--on saved is no event; events are save, /],
    ['explain a.js --origin me', /--origin must be one of user, auto, disk, self/],
    ['explain ../a.js', /lies outside/],
    ['explain a.js --run 1', /a\.js is not expected/],
    ['explain --run 1 --on save', /leave out --on/],
  ];
  for (const [words, message] of wrong) {
    it(`refuses "${words}"`, async () => {
      const { code, stderr } = await workspace.run(words);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.match(stderr, /See codegen-lab explain --help/);
    });
  }
});

describe('codegen-lab explain --run', () => {
  const workspace = new CommandLineWorkspace({});
  after(() => workspace.remove());

  const explain = async (words: string, cause: RunCause, change: { readonly trusted?: boolean } = {}) => {
    const events: readonly RunEvent[] = [
      {
        ...{
          v: 1,
          run: '0abc',
          seq: 0,
          at: 0,
          type: 'run.started',
          action: 'generate_tests',
          fileDigest: '',
        },
        ...{ rule: `tests${escape}`, ruleId: 'r.mdc', ruleHash: '', file: 'src/a.js', cause },
        ...{ budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 }, approval: 'preview' },
      },
      {
        ...{ v: 1, run: '0abc', seq: 1, at: 1, type: 'run.finished', outcome: 'refused' },
        ...{ code: 'trust.missing', message: 'Trust it first.' },
      },
    ];
    const stored = { run: '0abc', events, trusted: true, owned: false, ...change };
    const engine: CommandLineSetup['engine'] = { journals: { recent: async () => [stored] } };
    return workspace.run(words, { engine });
  };
  const place = { path: '.cursor/rules/r.mdc', line: 2, character: 4 };
  const saved: RunCause = {
    ...{ event: 'save', origin: 'user', depth: 0 },
    decision: { reason: 'it fires on `save`', place },
  };

  it('says from its journal why it happened and how it ended', async () => {
    const { code, stdout } = await explain('explain --run 0a', saved);
    assert.equal(code, 0);
    assert.ok(!stdout.includes(escape));
    assert.match(stdout, /^0abc tests\S* on src\/a\.js\n/);
    assert.deepEqual(stdout.split('\n').slice(1), [
      'event    save (user)',
      'because  it fires on `save` .cursor/rules/r.mdc:3:5',
      'end      refused: Trust it first.',
      '',
    ]);
  });

  it('prints that as one document', async () => {
    const { stdout } = await explain('explain --run 0abc --json', { ...saved, depth: 2 });
    const document = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.deepEqual(
      ['event', 'depth', 'reason', 'place', 'code'].map((key) => document[key]),
      ['save', 2, 'it fires on `save`', { path: place.path, line: 3, column: 5 }, 'trust.missing'],
    );
  });

  it('knows why a person’s run happened, and says where an older journal is silent', async () => {
    const cause: RunCause = { event: 'manual', origin: 'user', depth: 0 };
    assert.match((await explain('explain --run 0a', cause)).stdout, /because {2}it was run by hand\n/);
    const older = await explain('explain --run 0a', { ...cause, event: 'save' });
    assert.match(older.stdout, /because {2}its journal does not say\n/);
  });

  it('refuses a run that is not known, and a foreign one', async () => {
    assert.match((await explain('explain --run 9', saved)).stderr, /There is no run 9/);
    assert.match(
      (await explain('explain --run 0', saved, { trusted: false })).stderr,
      /not written by this machine/,
    );
  });
});
