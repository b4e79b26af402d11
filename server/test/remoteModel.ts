import type { EditorSettings } from '../protocol/requests.ts';
import { ruleOf, withRule } from './actionSlice.ts';
import { startFakeProxy } from './fakeProxy.ts';
import type { FakePages, FakeScript } from './fakeModelServer/fakeModelServer.ts';
import { source } from './sampleSlice.ts';
import { plainSettings, type Slice } from './sliceWorkspace.ts';

/** Asks through a proxy that leads a host elsewhere to the scripted model. */
export async function withRemoteModel(
  {
    line,
    ai = {},
    script,
    pages = {},
  }: {
    /** Added to the source of the sample. */
    readonly line: string;
    readonly ai?: Partial<EditorSettings['ai']>;
    readonly script: FakeScript;
    readonly pages?: FakePages;
  },
  use: (slice: Slice) => Promise<void>,
): Promise<void> {
  await withRule(
    ruleOf('- type: refactor'),
    async (slice) => {
      slice.write(source, `${slice.read(source) ?? ''}${line}\n`);
      const proxy = await startFakeProxy(Number(new URL(slice.models.openaiUrl).port));
      const baseUrl = 'http://models.example.org/v1';
      slice.running.configure({
        ...plainSettings,
        ai: { enabled: true, provider: 'vllm', model: 'scripted', baseUrl, ...ai },
        proxy: proxy.url,
      });
      try {
        await use(slice);
      } finally {
        await proxy.close();
      }
    },
    { workspace: 'workspaces/sample', script, pages, secrets: { read: () => Promise.resolve('a-key') } },
  );
}
