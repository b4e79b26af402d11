import assert from 'node:assert/strict';
import { jest } from './jest.ts';
import { pytest } from './pytest.ts';
import type { CommandRequest } from './runner.ts';
import { vitest } from './vitest.ts';

const request: CommandRequest = {
  program: ['/x'],
  files: ['a'],
  ids: [],
  reports: '/reports',
  coverage: 'none',
};

// A bar in the project's own settings ends a green run with 1, which nothing tells from a run that broke down.
describe('A project that asks for more coverage than a part of its tests has', () => {
  for (const [runner, flag] of [
    [pytest, '--cov-fail-under=0'],
    [vitest, '--coverage.thresholds=false'],
    [jest, '--coverageThreshold={}'],
  ] as const) {
    it(`does not make a green run of ${runner.title} red`, () => {
      assert.ok(runner.command({ ...request, coverage: 'lines' }).argv.includes(flag));
      assert.ok(!runner.command(request).argv.includes(flag));
    });
  }
});
