import assert from 'node:assert/strict';
import { logLevels } from '../../protocol/logLevels.ts';
import { createGuardedLog } from './guardLog.ts';

const key = 'sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAA';

function recorded(level: (typeof logLevels)[number]) {
  const lines: string[] = [];
  return { lines, log: createGuardedLog((at, message) => lines.push(`${at}: ${message}`), level) };
}

describe('a guarded log', () => {
  for (const [index, level] of logLevels.entries())
    it(`at ${level} tells what this level and those after it tell`, () => {
      const { lines, log } = recorded(level);
      log.trace('x');
      log.debug('x');
      log.info('x');
      log.warn('x');
      log.error('x');
      assert.deepEqual(
        lines,
        logLevels.slice(index, -1).map((each) => `${each}: x`),
      );
    });

  it('follows the level while it is used', () => {
    const { lines, log } = recorded('off');
    log.error('one');
    log.setLevel('debug');
    log.debug('two');
    log.trace('three');
    assert.deepEqual(lines, ['debug: two']);
  });

  it('masks keys by their shape, and values that it was told', () => {
    const { lines, log } = recorded('trace');
    log.hide('my own password');
    log.warn(`${key} and my own password`);
    assert.deepEqual(lines, ['warning: [redacted Anthropic key] and [redacted secret]']);
    assert.equal(log.redact('my own password'), '[redacted secret]');
  });

  for (const length of [8_001, 70_000, 5_000_000])
    it(`cuts a message of ${length} characters, and shows no part of a key at the cut`, () => {
      const { lines, log } = recorded('info');
      log.hide(key);
      for (const at of [7_990, 63_990])
        log.info(`${'x'.repeat(at)}${key}${'y'.repeat(Math.max(0, length - at))}`);
      log.info('x'.repeat(length));
      for (const line of lines) {
        assert.ok(line.length < 8_100, `${line.length}`);
        assert.ok(!line.includes('sk-ant-'));
      }
      assert.ok(lines.at(-1)?.endsWith(`… (of ${length} characters)`));
    });
});
