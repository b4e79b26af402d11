import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createTerminalInput, type TerminalStreams } from './terminalInput.ts';

function terminal(
  isTTY = true,
): TerminalStreams & { readonly stdin: PassThrough; readonly stderr: PassThrough } {
  const stream = (): PassThrough & { readonly isTTY: boolean } => Object.assign(new PassThrough(), { isTTY });
  return { stdin: stream(), stderr: stream() };
}

describe('answers at the terminal', () => {
  const neverAborted = new AbortController().signal;

  it('are lines, one for each question', async () => {
    const streams = terminal();
    const read = createTerminalInput(streams);
    const first = read?.('One? ', neverAborted);
    streams.stdin.write('yes\n');
    assert.equal(await first, 'yes');
    const second = read?.('Two? ', neverAborted);
    streams.stdin.write('no\n');
    assert.equal(await second, 'no');
    assert.equal(String(streams.stderr.read()), 'One? Two? ');
  });

  it('are none when the input ends', async () => {
    const streams = terminal();
    const answer = createTerminalInput(streams)?.('One? ', neverAborted);
    streams.stdin.end();
    assert.equal(await answer, undefined);
  });

  it('are none when the run is stopped, before or meanwhile', async () => {
    const read = createTerminalInput(terminal());
    const abort = new AbortController();
    const answer = read?.('One? ', abort.signal);
    abort.abort();
    assert.deepEqual([await answer, await read?.('Two? ', abort.signal)], [undefined, undefined]);
  });

  it('are read from a terminal alone', () => {
    assert.equal(createTerminalInput(terminal(false)), undefined);
    assert.equal(createTerminalInput({ ...terminal(), stderr: terminal(false).stderr }), undefined);
  });
});
