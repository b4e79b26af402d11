import assert from 'node:assert/strict';
import { chooseRunner } from './chooseRunner.ts';

const configOf = { vitest: 'vitest.config.ts', jest: 'jest.config.js', mocha: '.mocharc.json' };

interface Case {
  readonly title: string;
  readonly path: string;
  /** Texts by path; all of them are files of the folder. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly samples?: readonly string[];
  readonly wishes?: Readonly<Record<string, string>>;
  /** Runner, folder and what the reason holds. */
  readonly expected: readonly [string, string, RegExp] | RegExp;
}

const cases: readonly Case[] = [
  { title: 'Python goes to pytest', path: 'a.py', expected: ['pytest', '', /usual runner/u] },
  {
    title: 'a dependency on pytest is told',
    path: 'a.py',
    texts: { 'pyproject.toml': '[project]\ndependencies = []\n[dependency-groups]\ndev = ["pytest>=8"]\n' },
    expected: ['pytest', '', /depends on pytest/u],
  },
  {
    title: 'JavaScript goes to node --test',
    path: 'src/a.mjs',
    texts: { 'package.json': '{}' },
    expected: ['node-test', '', /nothing names another/u],
  },
  {
    title: 'the nearest package counts',
    path: 'packages/x/src/a.js',
    texts: { 'package.json': '{}', 'packages/x/package.json': '{"scripts":{"test":"node --test"}}' },
    expected: ['node-test', 'packages/x', /test script runs it: node --test/u],
  },
  {
    title: 'a wrapper around node --test is fine',
    path: 'a.js',
    texts: {
      'package.json':
        '{"scripts":{"test":"npm run test:unit && jest-lint","test:unit":"c8 --100 node --test"}}',
    },
    expected: ['node-test', '', /c8 --100 node --test/u],
  },
  ...(
    [
      ['vitest', 'mocha', 'jest'],
      ['jest', 'vitest', 'mocha'],
      ['mocha', 'jest', 'vitest'],
    ] as const
  ).flatMap(([first, second, third]) => [
    {
      title: `a script that runs ${first} says more than the configuration of ${second}`,
      path: 'a.js',
      texts: {
        'package.json': JSON.stringify({ scripts: { test: first }, devDependencies: { [third]: '1.0.0' } }),
        [configOf[second]]: '',
      },
      expected: [first, '', /test script runs it/u] as const,
    },
    {
      title: `the configuration of ${first} says more than a dependency on ${second}`,
      path: 'a.js',
      texts: {
        'package.json': JSON.stringify({ devDependencies: { [second]: '1.0.0', [third]: '1.0.0' } }),
        [configOf[first]]: '',
      },
      expected: [first, '', /is there/u] as const,
    },
  ]),
  {
    title: 'the import of the test file says most',
    path: 'a.test.js',
    texts: { 'package.json': '{}', 'a.test.js': "import test from 'node:test';" },
    samples: ['a.test.js'],
    expected: ['node-test', '', /imports node:test/u],
  },
  {
    title: 'and more than the imports of its neighbours',
    path: 'a.test.js',
    texts: {
      'package.json': '{}',
      'a.test.js': "import { it } from 'vitest';",
      'b.test.js': "import 'node:test';",
    },
    samples: ['a.test.js', 'b.test.js'],
    expected: ['vitest', '', /imports vitest/u],
  },
  {
    title: 'neighbours tell where the file itself says nothing',
    path: 'test_a.py',
    texts: { 'test_a.py': 'import (', 'test_b.py': 'import unittest\n' },
    samples: ['test_a.py', 'test_b.py'],
    expected: ['unittest', '', /imports unittest/u],
  },
  {
    title: 'a wish wins',
    path: 'sub/a.js',
    wishes: { 'other/**': 'pytest', 'sub/**': 'node-test' },
    expected: ['node-test', '', /names it for sub/u],
  },
  {
    title: 'a wish for another language is none for this file',
    path: 'a.js',
    wishes: { '**': 'pytest' },
    expected: ['node-test', '', /nothing names another/u],
  },
  {
    title: 'a wish that is no runner, nor a glob, starts nothing',
    path: 'a.js',
    wishes: { '**': 'rm -rf /', '[': 'node-test' },
    expected: ['node-test', '', /nothing names another/u],
  },
  {
    title: 'a manifest that is cut says nothing',
    path: 'a.js',
    texts: { 'package.json': '{"scripts":{"test":"nod' },
    expected: ['node-test', '', /nothing names another/u],
  },
  {
    title: 'a test that imports unittest alone goes to unittest',
    path: 'tests/test_a.py',
    texts: { 'setup.py': '', 'tests/test_a.py': 'import unittest\n' },
    samples: ['tests/test_a.py'],
    expected: ['unittest', '', /imports unittest, and nothing names pytest/u],
  },
  {
    title: 'pytest runs what imports unittest where the package has it',
    path: 'tests/test_a.py',
    texts: { 'requirements-dev.txt': 'pytest==8.3\n', 'tests/test_a.py': 'import unittest\n' },
    samples: ['tests/test_a.py'],
    expected: ['pytest', '', /depends on pytest/u],
  },
  {
    title: 'unittest can be wished for all of it',
    path: 'src/a.py',
    texts: { 'pyproject.toml': '[tool.pytest.ini_options]\n' },
    wishes: { '**/*.py': 'unittest' },
    expected: ['unittest', '', /names it for/u],
  },
  {
    title: 'Go goes to go test',
    path: 'm/a.go',
    texts: { 'm/go.mod': '' },
    expected: ['go-test', 'm', /Go comes/u],
  },
  {
    title: 'Rust goes to cargo test',
    path: 'src/a.rs',
    texts: { 'Cargo.toml': '' },
    expected: ['cargo-test', '', /Rust comes/u],
  },
  {
    title: 'Rust of a crate in a workspace that configures nextest goes to cargo test, which is told',
    path: 'core/src/a.rs',
    texts: { 'core/Cargo.toml': '', 'Cargo.toml': '', '.config/nextest.toml': '' },
    expected: ['cargo-test', 'core', /Rust comes .*nextest\.toml .* is not called/u],
  },
  {
    title: 'Java goes to Maven, also beside a build of Gradle',
    path: 'src/main/java/A.java',
    texts: { 'pom.xml': '', 'build.gradle': '' },
    expected: ['maven', '', /pom\.xml/u],
  },
  {
    title: 'a build of Gradle is told what is not called',
    path: 'app/src/main/java/A.java',
    texts: { 'app/build.gradle.kts': '', 'settings.gradle.kts': '' },
    expected: /build\.gradle\.kts .*Gradle.* is not called.* gradle test/u,
  },
  {
    title: 'Java without a build has none',
    path: 'A.java',
    expected: /tells which runner tests it .*mvn test/u,
  },
  { title: 'an unknown language has none', path: 'a.rb', expected: /No test runner is known for a\.rb/u },
];

describe('the choice of a runner', () => {
  for (const { title, path, texts = {}, files = [], samples = [], wishes = {}, expected } of cases) {
    it(title, () => {
      const chosen = chooseRunner({
        path,
        files: new Set([path, ...files, ...Object.keys(texts)]),
        texts: new Map(Object.entries(texts)),
        samples,
        wishes,
      });
      if (expected instanceof RegExp) {
        assert.ok(chosen.kind === 'none', JSON.stringify(chosen));
        assert.match(chosen.message, expected);
        return;
      }
      assert.ok(chosen.kind === 'chosen', JSON.stringify(chosen));
      const [runner, folder, why] = expected;
      assert.deepEqual([chosen.runner.id, chosen.folder], [runner, folder]);
      assert.match(chosen.why, why);
    });
  }
});
