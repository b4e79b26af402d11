import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cargoTest } from './cargoTest.ts';
import { goTest } from './goTest.ts';
import { pytest } from './pytest.ts';
import type { CommandRequest, Runner } from './runner.ts';
import { runnerOfTestFile, runners } from './runnerList.ts';
import { tape } from './tape.ts';
import { unittest } from './unittest.ts';

const request: CommandRequest = {
  program: ['/p'],
  files: [],
  ids: [],
  reports: '/reports',
  coverage: 'none',
};

/** What a command ends with, behind the program. */
const cases: readonly (readonly [string, Runner, Partial<CommandRequest>, readonly string[]])[] = [
  ['all of Go', goTest, {}, ['test', '-json', '-count=1', './...']],
  ['packages of Go', goTest, { files: ['a_test.go', 'x/a_test.go', 'x/b_test.go'] }, ['.', './x']],
  [
    'one test of Go, level by level',
    goTest,
    { files: ['a_test.go'], ids: ['x/a_test.go::TestA::a/b (1)::[c].*'] },
    ['-run', String.raw`^TestA$/^a$/^b \(1\)$/^\[c\]\.\*$`, './x'],
  ],
  ['several', goTest, { ids: ['a_test.go::TestA', 'a_test.go::TestB'] }, ['-run', '^TestA$|^TestB$', '.']],
  ['a whole file of Go', goTest, { ids: ['x/a_test.go::'] }, ['-run', '.', './x']],
  ['Go in another order', goTest, { seed: 0 }, ['-shuffle=1', './...']],
  ['coverage of Go', goTest, { coverage: 'lines' }, ['-coverprofile=/reports/go.cover', './...']],
  ['all of Rust', cargoTest, { files: ['src/a.rs', 'tests/b.rs'] }, ['test', '--no-fail-fast']],
  [
    'targets of Rust',
    cargoTest,
    { files: ['tests/a.rs', 'tests/b/main.rs'] },
    ['test', '--no-fail-fast', '--test', 'a', '--test', 'b'],
  ],
  [
    'one test of Rust',
    cargoTest,
    { ids: ['src/a/b.rs::a::b::tests::works'] },
    ['test', '--no-fail-fast', '--', '--exact', 'a::b::tests::works'],
  ],
  ['the first red test of Rust', cargoTest, { failFast: true }, ['test']],
  ['tape', tape, { files: ['-a.js', 'b.js'] }, ['./-a.js', 'b.js']],
  ['the file of a test of tape', tape, { files: ['a.js', 'b.js'], ids: ['b.js::x'] }, ['b.js']],
];

describe('The commands of runners', () => {
  for (const [title, runner, part, expected] of cases)
    it(`name ${title}`, () => {
      const { argv } = runner.command({ ...request, ...part });
      assert.deepEqual(argv.slice(-expected.length), expected);
      assert.equal(argv[0], '/p');
    });

  it('hand unittest what to run as data', () => {
    const { argv, support } = unittest.command({
      ...request,
      ids: ['t/test_a.py::T::test_x::(i=1)', 't/test_a.py::T::test_y#2', 't/test_b.py::'],
      seed: 4,
    });
    assert.deepEqual(argv.slice(0, 3), ['/p', '/reports/codegen_lab_unittest.py', '/reports/unittest.jsonl']);
    const asked: unknown = JSON.parse(argv[3] ?? '');
    assert.deepEqual(asked, {
      files: ['t/test_a.py', 't/test_b.py'],
      names: [
        ['t/test_a.py', 'T.test_x'],
        ['t/test_a.py', 'T.test_y'],
      ],
      seed: 4,
      failFast: false,
      coverage: null,
      perTest: false,
      data: '/reports/coverage.data',
    });
    assert.equal(support?.[0]?.name, 'codegen_lab_unittest.py');
  });

  it('shuffle pytest by a program of ours', () => {
    const { argv, shuffled } = pytest.command({ ...request, files: ['test_a.py'], seed: 7 });
    assert.deepEqual([argv[1], argv[3]], ['-c', '7']);
    assert.match(shuffled ?? '', /pytest-randomly/u);
  });
});

describe('Runners', () => {
  const files: readonly (readonly [string, string | undefined])[] = [
    ['a_test.go', 'go-test'],
    ['_a_test.go', undefined],
    ['testdata/a_test.go', undefined],
    ['a.go', undefined],
    ['tests/a.rs', 'cargo-test'],
    ['tests/a/main.rs', 'cargo-test'],
    ['tests/a/helper.rs', undefined],
    ['src/a.rs', undefined],
    ['src/test/java/a/ATest.java', 'maven'],
    ['src/test/java/a/Helper.java', undefined],
    ['src/main/java/a/ATest.java', undefined],
  ];
  for (const [path, expected] of files)
    it(`find tests by their names: ${path}`, () => assert.equal(runnerOfTestFile(path)?.id, expected));

  const added: readonly (readonly [string, string | undefined, string])[] = [
    ['a/b.go', undefined, 'a/b_generated_test.go'],
    ['src/a/b.rs', undefined, 'tests/b_generated.rs'],
    ['crates/x/src/lib.rs', undefined, 'crates/x/tests/lib_generated.rs'],
    ['src/main/java/a/B.java', undefined, 'src/test/java/a/BGeneratedTest.java'],
    ['pkg/__init__.py', 'tests/test_x.py', 'tests/test_pkg_generated.py'],
  ];
  for (const [source, near, expected] of added)
    it(`place new tests for ${source} where they find them`, () => {
      const runner = runners.find(({ handles }) => handles(source));
      const path = runner?.newTestPath(source, near);
      assert.equal(path, expected);
      assert.equal(runner?.isTestFile(path ?? ''), true);
    });

  it('are those of the setting', () => {
    const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
    const [, names = ''] = /"codegenLab\.tests\.runner": \{[^[]*\[([^\]]*)\]/u.exec(manifest) ?? [];
    assert.deepEqual(
      [...names.matchAll(/"(.+?)"/gu)].map(([, id = '']) => id).sort(),
      runners.map(({ id }) => id).sort(),
    );
  });
});
