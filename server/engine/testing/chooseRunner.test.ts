import assert from 'node:assert/strict';
import { chooseRunner } from './chooseRunner.ts';

interface Case {
  readonly title: string;
  readonly path: string;
  readonly files?: readonly string[];
  readonly manifest?: string;
  readonly expected: readonly [string, string] | 'none';
}

const cases: readonly Case[] = [
  { title: 'Python goes to pytest', path: 'a.py', expected: ['pytest', ''] },
  {
    title: 'JavaScript goes to node --test',
    path: 'src/a.mjs',
    files: ['package.json'],
    expected: ['node-test', ''],
  },
  {
    title: 'the nearest package counts',
    path: 'packages/x/src/a.js',
    files: ['package.json', 'packages/x/package.json'],
    expected: ['node-test', 'packages/x'],
  },
  {
    title: 'a package that tests with vitest is not run with another runner',
    path: 'a.js',
    files: ['package.json'],
    manifest: '{"scripts":{"test":"vitest run"}}',
    expected: 'none',
  },
  {
    title: 'a wrapper around node --test is fine',
    path: 'a.js',
    files: ['package.json'],
    manifest: '{"scripts":{"test":"npm run test:unit && jest-lint","test:unit":"c8 --100 node --test"}}',
    expected: ['node-test', ''],
  },
  {
    title: 'a lint script does not choose the runner',
    path: 'a.js',
    manifest: '{"scripts":{"lint":"jest"}}',
    expected: ['node-test', ''],
  },
  { title: 'an unknown language has none', path: 'a.rb', expected: 'none' },
];

describe('the choice of a runner', () => {
  for (const { title, path, files = [], manifest, expected } of cases) {
    it(title, () => {
      const chosen = chooseRunner(path, new Set(files), () => manifest);
      assert.deepEqual(chosen.kind === 'chosen' ? [chosen.runner.id, chosen.folder] : chosen.kind, expected);
    });
  }
});
