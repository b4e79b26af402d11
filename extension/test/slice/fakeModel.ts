import type { FakeReply } from '../../../server/test/fakeModelServer/fakeReply.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
  type FakeRequest,
} from '../../../server/test/fakeModelServer/fakeModelServer.ts';

export type Answering = (request: FakeRequest) => FakeReply | Promise<FakeReply>;

/** A model on this machine that says what a test wants, over OpenAI's wire format, as Ollama does. */
export interface FakeModel extends FakeModelServer {
  /** Decides what is said from now on. */
  readonly answer: (answering: Answering | FakeReply) => void;
}

export async function startFakeModel(): Promise<FakeModel> {
  let current: Answering = () => ({ kind: 'status', status: 500, message: 'No answer was prepared.' });
  const server = await startFakeModelServer((request) => current(request));
  return {
    ...server,
    answer(answering) {
      current = typeof answering === 'function' ? answering : () => answering;
    },
  };
}

/** An answer that waits until the test lets it go. */
export interface HeldAnswer {
  readonly answering: Answering;
  readonly release: () => void;
}

export function holdAnswer(reply: FakeReply): HeldAnswer {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return {
    answering: () => released.then(() => reply),
    release: () => release(),
  };
}
