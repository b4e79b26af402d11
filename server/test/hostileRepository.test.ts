import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Edits } from '../engine/ports/edits.ts';
import { createDiskEdits } from '../adapters/diskEdits.ts';
import {
  answer,
  head,
  passing,
  rulePath,
  ruleWith,
  run,
  source,
  usual,
  withSampleSlice,
} from './sampleSlice.ts';
import { neverAborted, plainSettings, type Slice, type SliceOptions } from './sliceWorkspace.ts';

/** Lands as an editor does, which writes through any link. */
const editorEdits: NonNullable<SliceOptions['edits']> = (files): Edits => ({
  ...createDiskEdits(files),
  land: async ({ root, files: proposed }) => {
    for (const { path, after = '' } of proposed) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), after);
    }
    return { kind: 'landed' };
  },
});

describe('links in a hostile repository', function () {
  this.timeout(60_000);

  /** Puts a link into the workspace that leads to the folder beside it. */
  type Arrange = (root: string, outside: string) => void;
  const cases: readonly (readonly [string, string, Arrange])[] = [
    [
      'the folder of the target',
      'spec/a.test.js',
      (root, outside) => symlinkSync(outside, join(root, 'spec')),
    ],
    [
      'a folder above the folder of the target',
      'spec/sub/a.test.js',
      (root, outside) => symlinkSync(outside, join(root, 'spec')),
    ],
    [
      'the target itself, to a file',
      'spec/a.test.js',
      (root, outside) => {
        mkdirSync(join(root, 'spec'));
        symlinkSync(join(outside, 'precious'), join(root, 'spec/a.test.js'));
      },
    ],
    [
      'the target itself, to nothing yet',
      'spec/a.test.js',
      (root, outside) => {
        mkdirSync(join(root, 'spec'));
        symlinkSync(join(outside, 'new'), join(root, 'spec/a.test.js'));
      },
    ],
    [
      'the folder of the target, inside',
      'spec/a.test.js',
      (root, outside) => {
        renameSync(outside, join(root, 'inner'));
        symlinkSync(join(root, 'inner'), join(root, 'spec'));
        symlinkSync(join(root, 'inner'), outside);
      },
    ],
  ];
  const faces = [
    ['the disk', undefined],
    ['an editor', editorEdits],
  ] as const;
  for (const [face, edits] of faces) {
    for (const [name, target, arrange] of cases) {
      const up = '../'.repeat(target.split('/').length - 1);
      const lines = [...head, passing].map((line) => line.replace('../', up));
      const options: SliceOptions = {
        script: [answer(target, ...lines)],
        files: { [rulePath]: ruleWith(`target: ${target}`) },
        settings: { approval: 'auto' },
        ...(edits ? { edits } : {}),
      };
      it(`are not written through by ${face}: ${name}, from the start`, () =>
        withSampleSlice(options, async (slice) => {
          const outside = makeOutside(slice);
          arrange(slice.root, outside);
          const result = await run(slice);
          assert.notEqual(result.outcome, 'landed');
          assert.notEqual(result.code, 'internal.fault', result.message);
          assert.match(result.message, /link/u);
          assert.equal(slice.models.requests.length, 0);
          assertUntouched(outside);
        }));

      it(`are not written through by ${face}: ${name}, since the proposal`, () =>
        withSampleSlice({ ...options, settings: {}, interactive: true }, async (slice) => {
          const outside = makeOutside(slice);
          const id = await propose(slice);
          arrange(slice.root, outside);
          const decided = await slice.running.engine.decide({ run: id, accept: true }, neverAborted);
          assert.equal(decided.ok, false, decided.message);
          assertUntouched(outside);
        }));
    }
  }

  function makeOutside(slice: Slice): string {
    const outside = join(slice.home, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious'), 'kept');
    return outside;
  }

  function assertUntouched(outside: string): void {
    assert.deepEqual(readdirSync(outside), ['precious']);
    assert.equal(readFileSync(join(outside, 'precious'), 'utf8'), 'kept');
  }
});

/** Starts the rule in an editor, allows it, and waits for its proposal. */
async function propose(slice: Slice): Promise<string> {
  const { engine } = slice.running;
  const [rule] = engine.rulesFor(slice.root, source);
  const started = await engine.startRule(
    { root: slice.root, rule: rule?.ruleId ?? '', path: source },
    neverAborted,
  );
  assert.ok('run' in started);
  const { ruleId, ruleHash } = await waitingOn(slice, 'approval');
  await engine.approve(slice.root, [{ ruleId, ruleHash }], true);
  await waitingOn(slice, 'decision');
  return started.run;
}

function waitingOn(
  slice: Slice,
  what: 'approval' | 'decision',
): Promise<{ readonly ruleId: string; readonly ruleHash: string }> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { runs } = slice.running.engine.viewState();
      const view = runs.find((entry) => entry.waitingOn === what);
      const ended = runs.find((entry) => entry.phase === 'finished');
      if (!view && !ended) return;
      stop();
      if (view) resolve(view);
      else reject(new Error(ended?.message));
    };
    const stop = slice.running.engine.onDidChangeView(look);
    look();
  });
}

/** A text in double quotes, of ASCII alone: as YAML and JSON read it. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe('places that nobody may write', function () {
  this.timeout(60_000);
  const limits = { ...plainSettings.limits, attempts: 50, tokensPerRun: 10_000_000 };
  const places = [
    '../x.test.js',
    '/tmp/x.test.js',
    'src/../../x.test.js',
    '.git/hooks/x.test.js',
    '.github/workflows/x.test.js',
    'test/../.husky/x.test.js',
    '.GIT/x.test.js',
    '.cursor/rules/test/x.js',
    '.\u{ff43}ursor/test/x.js',
    '.c\u200bursor/test/x.js',
    '.codegen-lab/journal/x.test.js',
    'node_modules/x/test/x.js',
    'test/eslint.config.js',
    'test/.mocharc.js',
    'file:///tmp/x.test.js',
    '~/x.test.js',
    '..%2fx.test.js',
    String.raw`..\x.test.js`,
    'C:/x.test.js',
    'test/x.test.js::$DATA.test.js',
    'test/a\nb.test.js',
    'test/\u001b[2J.test.js',
    `test/${'x'.repeat(300)}.test.js`,
  ];

  for (const place of places) {
    it(`are no target of a rule, and no model is asked: ${escaped(place.slice(0, 40))}`, () =>
      withSampleSlice(
        {
          script: [answer(usual, ...head, passing)],
          files: { [rulePath]: ruleWith(`target: ${escaped(place)}`) },
          settings: { approval: 'auto' },
        },
        async (slice) => {
          const result = await run(slice);
          assert.equal(result.code, 'action.bad-target', result.message);
          assert.equal(slice.models.requests.length, 0);
        },
      ));
  }

  it('are refused to a model, which may go on to what it was asked for', () => {
    const others = [
      'package.json',
      source,
      'test/duration.test.js',
      'TEST/duration.generated.test.js',
      '.env',
    ];
    const hostile = [...places.filter((place) => !place.includes('\n')), ...others].map((place) =>
      answer(place, 'throw 1;'),
    );
    const elided = answer(usual, '// ... existing code ...', passing);
    const script = [...hostile, elided, answer(usual, ...head, passing)];
    return withSampleSlice({ script, settings: { approval: 'auto', limits } }, async (slice) => {
      const before = new Set(readdirSync(slice.home, { recursive: true, encoding: 'utf8' }));
      const texts = others.map((path) => slice.read(path));
      const result = await run(slice);
      assert.equal(result.outcome, 'landed', result.message);
      assert.equal(slice.models.requests.length, script.length);
      const fresh = readdirSync(slice.home, { recursive: true, encoding: 'utf8' }).filter(
        (path) => !before.has(path) && !/^storage\b|\.codegen-lab/u.test(path),
      );
      assert.deepEqual(fresh, [`workspace/${usual}`]);
      assert.deepEqual(
        others.map((path) => slice.read(path)),
        texts,
      );
    });
  });
});

describe('secrets in the workspace', function () {
  this.timeout(60_000);
  const canary = 'canary-of-the-workspace';
  const files = {
    '.env': canary,
    'keys/id_rsa': canary,
    'config/prod.env': canary,
    'keys/server.pem': canary,
  };

  it('do not reach the model, whatever files a rule names as context', () =>
    withSampleSlice(
      {
        script: [answer(usual, ...head, passing)],
        files: {
          ...files,
          'notes.txt': 'harmless',
          [rulePath]: ruleWith("context: ['**', '.env', '**/id_rsa', '../**']"),
        },
      },
      async (slice) => {
        writeFileSync(join(slice.home, 'beside.txt'), canary);
        symlinkSync(join(slice.root, '.env'), join(slice.root, 'readme.txt'));
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(slice.models.requests[0]?.text ?? '', /harmless/u);
        assert.doesNotMatch(slice.models.requests.map(({ text }) => text).join(''), new RegExp(canary, 'u'));
      },
    ));
});

describe('a workspace that is not trusted', function () {
  this.timeout(60_000);

  it('runs nothing that the configuration of its repository names', () =>
    withSampleSlice({ script: [answer(usual, ...head, passing)], trusted: false }, async (slice) => {
      const pwned = join(slice.home, 'pwned');
      makePromisor(slice.root, `touch ${pwned}; false`);
      const { engine } = slice.running;
      const [rule] = engine.rulesFor(slice.root, source);
      await engine.previewPrompt({ root: slice.root, rule: rule?.ruleId ?? '', path: source }, neverAborted);
      await engine.check(slice.root, 'all', neverAborted);
      assert.equal(existsSync(pwned), false);
    }));

  it('lets no proposal of earlier days land', () =>
    withSampleSlice({ script: [answer(usual, ...head, passing)], interactive: true }, async (slice) => {
      const id = await propose(slice);
      slice.running.setTrusted(false);
      const decided = await slice.running.engine.decide({ run: id, accept: true }, neverAborted);
      assert.equal(decided.ok, false, decided.message);
      assert.equal(slice.read(usual), undefined);
      slice.running.setTrusted(true);
      const again = await slice.running.engine.decide({ run: id, accept: true }, neverAborted);
      assert.equal(again.ok, true, again.message);
    }));
});

/** A repository whose file is to be fetched from a remote, and that names the program which fetches. */
function makePromisor(root: string, program: string): void {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'x');
  const blob = git('rev-parse', `HEAD:${source}`);
  rmSync(join(root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  for (const [name, value] of [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.url', 'ssh://host/path'],
    ['remote.origin.promisor', 'true'],
    ['core.sshCommand', program],
    ['core.fsmonitor', program],
    ['core.hooksPath', '.'],
    ['protocol.allow', 'always'],
  ] as const)
    git('config', name, value);
}
