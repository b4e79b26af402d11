import assert from 'node:assert/strict';
import type { TestsNotRun } from '../../protocol/tests.ts';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { defaultSettings } from '../settings.ts';
import { createImportIndex } from '../testing/imports/importIndex.ts';
import { planTestRuns } from './planTestRuns.ts';

const { signal } = new AbortController();

/** A workspace with packages of many languages. */
const texts: Readonly<Record<string, string>> = {
  'py/setup.py': '',
  'py/calc.py': '',
  'py/tests/test_calc.py': 'import unittest\nfrom calc import add\n',
  'py/tests/test_other.py': 'import unittest\n',
  'web/package.json': '{"scripts":{"test":"vitest run"},"devDependencies":{"vitest":"3"}}',
  'web/src/a.ts': '',
  'web/src/a.test.ts': "import './a';",
  'web/tools/b.test.mjs': "import 'node:test';",
  'go/go.mod': 'module example.com/m\n',
  'go/calc.go': 'package calc\n',
  'go/calc_test.go': 'package calc\n',
  'crate/Cargo.toml': '[package]\nname = "c"\n',
  'crate/src/lib.rs': 'mod a;',
  'crate/src/a.rs': '#[test]\nfn works() {}',
  'crate/tests/whole.rs': '',
};

interface Case {
  readonly title: string;
  readonly paths: readonly string[];
  readonly runner?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
  /** Runner, package and files; or what the message holds. */
  readonly expected: readonly (readonly [string, string, string])[] | RegExp;
  /** What does not run beside that; undefined: nothing. */
  readonly notRun?: readonly TestsNotRun[];
}

const cases: readonly Case[] = [
  {
    title: 'all packages, each by its runner',
    paths: [],
    expected: [
      ['cargo-test', 'crate', 'crate/src/lib.rs crate/tests/whole.rs'],
      ['go-test', 'go', 'go/calc_test.go'],
      ['node-test', 'web', 'web/tools/b.test.mjs'],
      ['unittest', 'py', 'py/tests/test_calc.py py/tests/test_other.py'],
      ['vitest', 'web', 'web/src/a.test.ts'],
    ],
  },
  {
    title: 'a source with the tests that import it',
    paths: ['py/calc.py'],
    expected: [['unittest', 'py', 'py/tests/test_calc.py']],
  },
  {
    title: 'a source with the tests of its package',
    paths: ['go/calc.go'],
    expected: [['go-test', 'go', 'go/calc_test.go']],
  },
  {
    title: 'a source that holds tests itself',
    paths: ['crate/src/a.rs'],
    expected: [['cargo-test', 'crate', 'crate/src/a.rs']],
  },
  {
    title: 'by the wished runner',
    paths: ['py/tests/test_other.py'],
    runner: { 'py/**': 'pytest' },
    expected: [['pytest', 'py', 'py/tests/test_other.py']],
  },
  {
    title: 'nothing without the program, and what is missing and why',
    paths: ['go/calc.go'],
    missing: ['go'],
    expected: /^go is not here\. \(go test was chosen because Go comes with it\.\)$/u,
  },
  {
    title: 'the packages that can run, and the one whose program is missing is told',
    paths: [],
    missing: ['go', 'rust'],
    expected: [
      ['node-test', 'web', 'web/tools/b.test.mjs'],
      ['unittest', 'py', 'py/tests/test_calc.py py/tests/test_other.py'],
      ['vitest', 'web', 'web/src/a.test.ts'],
    ],
    notRun: [
      {
        why: 'noProgram',
        paths: ['crate/src/lib.rs', 'crate/tests/whole.rs'],
        message: 'rust is not here. (cargo test was chosen because Rust comes with it.)',
      },
      {
        why: 'noProgram',
        paths: ['go/calc_test.go'],
        message: 'go is not here. (go test was chosen because Go comes with it.)',
      },
    ],
  },
  {
    title: 'the named files that can run, and the others are told where they are tests',
    paths: ['py/tests/test_other.py', 'go/calc.go', 'README.md'],
    missing: ['go'],
    expected: [['unittest', 'py', 'py/tests/test_other.py']],
    notRun: [
      {
        why: 'noProgram',
        paths: ['go/calc.go'],
        message: 'go is not here. (go test was chosen because Go comes with it.)',
      },
    ],
  },
  {
    title: 'nothing without any program, and all that is missing',
    paths: ['go/calc.go', 'crate/src/a.rs', 'README.md'],
    missing: ['go', 'rust'],
    expected: /^go is not here\. \(.*\) rust is not here\. \([^()]*\)$/u,
  },
  {
    title: 'nothing for a file that no test concerns',
    paths: ['web/src/none.ts'],
    expected: /No test concerns web\/src\/none\.ts/u,
  },
];

describe('A run of tests is planned for', () => {
  for (const { title, paths, runner, missing = [], expected, notRun = [] } of cases)
    it(title, async () => {
      const files = createInMemoryFiles(texts);
      const plans = await planTestRuns(
        {
          deps: {
            files,
            imports: createImportIndex({ files }),
            interpreters: {
              find: async ({ language }) =>
                missing.includes(language)
                  ? { kind: 'missing', message: `${language} is not here.` }
                  : { kind: 'found', program: [`/${language}`], label: language },
            },
          },
          root: '/w',
          settings: {
            ...defaultSettings,
            tests: { ...defaultSettings.tests, ...(runner ? { runner } : {}) },
          },
          signal,
        },
        paths,
      );
      if (expected instanceof RegExp) {
        assert.ok('message' in plans, JSON.stringify(plans));
        assert.match(plans.message, expected);
        return;
      }
      assert.ok(!('message' in plans), JSON.stringify(plans));
      assert.deepEqual(plans.notRun, notRun);
      const shown = plans.plans.map(({ plan, files: tests }) => [plan.runner.id, plan.base, tests.join(' ')]);
      assert.deepEqual(
        shown.sort((one, other) => String(one).localeCompare(String(other))),
        expected,
      );
    });
});
