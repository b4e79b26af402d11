import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelEvent, ModelProvider } from '../engine/ports/models.ts';
import { collectEvents, finalEvent, sampleRequest } from './collectEvents.ts';

/** What the model behind the provider does with a request. */
export type ContractCase =
  /** Answers `contractText`, in several parts. */
  | 'answers'
  /** Reports a fault that no retry can heal. */
  | 'fails'
  /** Sends nothing, for ever. */
  | 'staysSilent'
  /** Begins to answer, then sends nothing, for ever. */
  | 'stopsMidway';

export interface ContractSubject {
  readonly provider: ModelProvider;
  close(): Promise<void>;
}

export const contractText = 'export function add(a, b) {\n  return a + b;\n}\n// ünïcödé ✓ 🙂\n';
const maxAbortMs = 200;

/** The contract of `ModelProvider`. Every provider passes it. */
export function describeModelContract(
  name: string,
  start: (contractCase: ContractCase) => Promise<ContractSubject>,
): void {
  describe(`model contract: ${name}`, () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    let subject: ContractSubject | undefined;
    before(() => process.on('unhandledRejection', note));
    after(() => process.off('unhandledRejection', note));
    afterEach(async () => {
      await subject?.close();
      subject = undefined;
      // Rejections that nobody handles are reported after the current turn.
      await sleep(5);
      assert.deepEqual(unhandled.splice(0), []);
    });
    const startProvider = async (contractCase: ContractCase): Promise<ModelProvider> => {
      subject = await start(contractCase);
      return subject.provider;
    };

    it('streams an answer in parts and ends it with one done', async () => {
      const events = await collectEvents(await startProvider('answers'));
      const final = finalEvent(events);
      assert.ok(final.type === 'done');
      assert.equal(final.stop, 'complete');
      assert.equal(final.text, contractText);
      assert.equal(joinText(events), contractText);
      assert.ok(events.length > 2, 'more than one part');
      assert.notEqual(final.model, '');
      const { input, output, cacheRead, cacheWrite } = final.usage;
      for (const count of [input, output, cacheRead, cacheWrite])
        assert.ok(Number.isSafeInteger(count) && count >= 0, String(count));
      assert.equal(events.filter((event) => 'usage' in event).length, 1);
    });

    it('reports a fault as its one final event', async () => {
      const final = finalEvent(await collectEvents(await startProvider('fails')));
      assert.ok(final.type === 'failed');
      assert.equal(final.retryable, false);
      assert.notEqual(final.message, '');
    });

    it('has nothing more to say after the final event', async () => {
      const provider = await startProvider('answers');
      const iterator = provider.ask(sampleRequest, new AbortController().signal)[Symbol.asyncIterator]();
      let step = await iterator.next();
      while (!step.done) step = await iterator.next();
      assert.deepEqual(await iterator.next(), { done: true, value: undefined });
    });

    for (const contractCase of ['answers', 'staysSilent', 'stopsMidway'] as const) {
      it(`is cancelled before it asks, when the model ${contractCase}`, async () => {
        const provider = await startProvider(contractCase);
        await assertCancelled(provider, AbortSignal.abort(), () => undefined);
      });
    }

    for (const contractCase of ['staysSilent', 'stopsMidway'] as const) {
      it(`is cancelled at once while it waits, when the model ${contractCase}`, async () => {
        const provider = await startProvider(contractCase);
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 60);
        await assertCancelled(provider, controller.signal, () => undefined);
      });
    }

    it('ends with one final event when it is cancelled at any part', async () => {
      const whole = await collectEvents(await startProvider('answers'));
      await subject?.close();
      for (let stopAt = 1; stopAt <= whole.length; stopAt++) {
        const provider = await startProvider('answers');
        const controller = new AbortController();
        let parts = 0;
        const events: ModelEvent[] = [];
        for await (const event of provider.ask(sampleRequest, controller.signal)) {
          events.push(event);
          if (++parts === stopAt) controller.abort();
        }
        const final = finalEvent(events);
        assert.ok(final.type === 'done' || final.code === 'model.cancelled');
        if (final.type === 'done') assert.equal(final.text, contractText);
        await subject?.close();
      }
    });

    it('lets a reader leave in the middle', async () => {
      const provider = await startProvider('stopsMidway');
      const controller = new AbortController();
      for await (const event of provider.ask(sampleRequest, controller.signal)) {
        assert.notEqual(event.type, 'failed');
        break;
      }
    });
  });
}

async function assertCancelled(
  provider: ModelProvider,
  signal: AbortSignal,
  onEvent: (event: ModelEvent) => void,
): Promise<void> {
  let abortedAt = signal.aborted ? performance.now() : 0;
  signal.addEventListener('abort', () => (abortedAt = performance.now()));
  const events: ModelEvent[] = [];
  for await (const event of provider.ask(sampleRequest, signal)) {
    events.push(event);
    onEvent(event);
  }
  const tookMs = performance.now() - abortedAt;
  const final = finalEvent(events);
  assert.ok(final.type === 'failed');
  assert.equal(final.code, 'model.cancelled');
  assert.equal(final.retryable, false);
  assert.ok(tookMs < maxAbortMs, `the abort took ${tookMs} ms`);
}

function joinText(events: readonly ModelEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}
