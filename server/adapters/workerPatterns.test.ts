import assert from 'node:assert/strict';
import { WorkerPatterns } from './workerPatterns.ts';

const { signal } = new AbortController();

describe('WorkerPatterns', () => {
  const open: WorkerPatterns[] = [];
  const create = (deadlineMs?: number): WorkerPatterns => {
    const patterns = new WorkerPatterns(deadlineMs === undefined ? {} : { deadlineMs });
    open.push(patterns);
    return patterns;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((patterns) => patterns.dispose()));
  });

  it('finds matches with lookaround and back references', async () => {
    const patterns = create(5000);
    assert.deepEqual(await patterns.search({ source: '(?<!x)(a)\\1', flags: '' }, 'xaa aa', signal), {
      kind: 'matches',
      spans: [{ start: 4, end: 6 }],
    });
    assert.deepEqual(await patterns.search({ source: '^b$', flags: 'm' }, 'a\r\nb\r\n', signal), {
      kind: 'matches',
      spans: [{ start: 3, end: 4 }],
    });
  });

  it('gives up at the deadline and answers the next search', async () => {
    const patterns = create(50);
    const late = await patterns.search({ source: '(?=a)(a|a)*b', flags: '' }, 'a'.repeat(60), signal);
    assert.match(late.kind === 'unknown' ? late.reason : '', /longer than 50 ms/);
    const next = await create(5000).search({ source: 'a', flags: '' }, 'a', signal);
    assert.equal(next.kind, 'matches');
  });

  it('starts a new worker after one was thrown away', async () => {
    const patterns = create(200);
    await patterns.search({ source: '(a|a)*b', flags: '' }, 'a'.repeat(60), signal);
    assert.equal((await patterns.search({ source: 'a', flags: '' }, 'a', signal)).kind, 'matches');
  });

  it('gives each of many searches its own time', async () => {
    const patterns = create(2000);
    const found = await Promise.all(
      Array.from({ length: 40 }, () => patterns.search({ source: '(?=a)a', flags: '' }, 'aaa', signal)),
    );
    assert.ok(found.every((each) => each.kind === 'matches' && each.spans.length === 3));
  });

  it('bounds the matches', async () => {
    const found = await create(5000).search({ source: 'a', flags: '' }, 'a'.repeat(5000), signal);
    assert.equal(found.kind === 'matches' && found.spans.length, 1000);
  });

  it('does not know what a pattern that is not valid finds', async () => {
    assert.equal((await create(5000).search({ source: '(', flags: '' }, 'a', signal)).kind, 'unknown');
  });

  it('ends a search that is cancelled', async () => {
    const patterns = create(60_000);
    const abort = new AbortController();
    const search = patterns.search({ source: '(a|a)*b', flags: '' }, 'a'.repeat(60), abort.signal);
    setTimeout(() => abort.abort(), 20);
    assert.match(await search.then((each) => (each.kind === 'unknown' ? each.reason : '')), /cancelled/);
  });

  it('does not know when its worker cannot start', async () => {
    const patterns = new WorkerPatterns({ workerFile: new URL('./noSuchWorker.ts', import.meta.url) });
    assert.match(
      await patterns
        .search({ source: 'a', flags: '' }, 'a', signal)
        .then((each) => (each.kind === 'unknown' ? each.reason : '')),
      /could not start/,
    );
  });
});
