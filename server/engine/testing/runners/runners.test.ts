import assert from 'node:assert/strict';
import { nodeTest } from './nodeTest.ts';
import { pytest } from './pytest.ts';
import type { CommandRequest } from './runner.ts';
import { runnerOfTestFile } from './runnerList.ts';

const request: CommandRequest = {
  program: ['/py'],
  files: [],
  ids: [],
  reports: '/reports',
  coverage: 'none',
};

describe('The command of pytest', () => {
  it('writes a report with places and leaves nothing in the tree', () => {
    const { argv, env, report } = pytest.command(request);
    assert.deepEqual(argv.slice(0, 3), ['/py', '-m', 'pytest']);
    for (const flag of [
      '-ojunit_family=xunit1',
      '-pno:cacheprovider',
      `--junitxml=/reports/${typeof report === 'string' ? report : ''}`,
    ])
      assert.ok(argv.includes(flag), flag);
    assert.equal(env['PYTHONDONTWRITEBYTECODE'], '1');
  });

  it('takes hostile names as operands', () => {
    const { argv } = pytest.command({ ...request, files: ['-rf.py', '--config=x.py', '$(touch pwn).py'] });
    assert.deepEqual(argv.slice(-4), ['--', '-rf.py', '--config=x.py', '$(touch pwn).py']);
  });

  it('runs tests by id, without the number that tells equal ones apart', () => {
    const { argv } = pytest.command({
      ...request,
      files: ['a.py'],
      ids: ['a.py::T::test_x[1]', 'a.py::test_y#2'],
    });
    assert.deepEqual(argv.slice(-3), ['--', 'a.py::T::test_x[1]', 'a.py::test_y']);
  });

  it('keeps the data of coverage in the report folder', () => {
    const { argv, env, coverageReport } = pytest.command({ ...request, coverage: 'lines' });
    assert.ok(argv.includes(`--cov-report=lcov:/reports/${coverageReport}`));
    assert.equal(env['COVERAGE_FILE'], '/reports/coverage.data');
  });
});

describe('The command of pytest that tells which test ran which line', () => {
  const { argv, coverageReport } = pytest.command({ ...request, coverage: 'perTest' });

  it('names each test to coverage.py, and writes its report after the tests', () => {
    assert.equal(argv[1], '-c');
    assert.match(argv[2] ?? '', /def collect_lines[^]*pytest\.main[^]*json:show_contexts/u);
    assert.equal(argv[3], `/reports/${coverageReport ?? ''}`);
    assert.ok(argv.includes('--cov-context=test'));
  });

  it('is read where the report has contexts, and as a plain one where it has not', () => {
    const lcov = 'SF:a.py\nDA:1,1\nend_of_record\n';
    const json =
      '{"meta":{},"files":{"a.py":{"executed_lines":[1],"missing_lines":[],"contexts":{"1":["t.py::test_x|run"]}}}}';
    const [plain, told] = [lcov, json].map((report) => pytest.readCoverage(report, (path) => path));
    assert.deepEqual(plain, told);
    assert.deepEqual(
      pytest.readPerTest?.(lcov, (path) => path),
      [],
    );
    assert.deepEqual(
      pytest.readPerTest?.(json, (path) => path),
      [{ test: 't.py::test_x', path: 'a.py', lines: [0] }],
    );
  });
});

describe('The command of node --test', () => {
  it('writes a report of ours and shows the usual one', () => {
    const { argv, report } = nodeTest.command({ ...request, program: ['/node'] });
    const text = argv.join(' ');
    assert.match(text, /^\/node --test --test-reporter=data:text\/javascript,/u);
    assert.ok(
      text.includes(
        `--test-reporter-destination=/reports/${typeof report === 'string' ? report : ''} --test-reporter=spec --test-reporter-destination=stdout`,
      ),
    );
  });

  it('takes hostile names as operands', () => {
    const { argv } = nodeTest.command({ ...request, files: ['-rf.js', '--import=x.js', '$(touch pwn).js'] });
    assert.deepEqual(argv.slice(-3), ['./-rf.js', './--import=x.js', '$(touch pwn).js']);
  });

  it('takes names that look like patterns for themselves', () => {
    const { argv } = nodeTest.command({ ...request, files: ['a[b].js', '(a)/x{1,2}.js', '+(a)*.js'] });
    assert.deepEqual(argv.slice(-3), ['a[[]b[]].js', '(a)/x[{]1,2?.js', '+[(]a)[*].js']);
  });

  it('quotes names for the pattern', () => {
    const { argv } = nodeTest.command({
      ...request,
      files: ['a.js'],
      ids: ['a.js::group::adds (1+1) [x].*'],
    });
    const pattern =
      argv
        .find((argument) => argument.startsWith('--test-name-pattern='))
        ?.slice('--test-name-pattern='.length) ?? '';
    const [, source = ''] = /^\/(.*)\/$/u.exec(pattern) ?? [];
    assert.ok(
      new RegExp(source).test('group adds (1+1) [x].*') && new RegExp(source).test('adds (1+1) [x].*'),
    );
    assert.ok(!new RegExp(source).test('adds 11 x'));
  });
});

describe('Test files by their names', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['tests/test_a.py', 'pytest'],
    ['a_test.py', 'pytest'],
    ['tests/helper.py', undefined],
    ['contest.py', undefined],
    ['test/a.js', 'node-test'],
    ['src/a.test.mjs', 'node-test'],
    ['src/__tests__/a.cjs', 'node-test'],
    ['test.js', 'node-test'],
    ['src/latest.js', undefined],
    ['src/a.js', undefined],
    ['a.rb', undefined],
  ];
  for (const [path, expected] of cases)
    it(`${path}: ${expected ?? 'none'}`, () => assert.equal(runnerOfTestFile(path)?.id, expected));
});
