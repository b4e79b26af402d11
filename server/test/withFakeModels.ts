import { createModels, type ModelsOptions } from '../adapters/models/createModels.ts';
import type { ModelProvider } from '../engine/ports/models.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
  type FakeScript,
} from './fakeModelServer/fakeModelServer.ts';

export const plantedKey = 'sk-planted-0123456789abcdef';

/** Runs `use` with a real client of the provider `id` that talks to a fake server; stops the server afterwards. */
export async function withFakeModels<Value>(
  id: string,
  script: FakeScript,
  use: (provider: ModelProvider, server: FakeModelServer) => Promise<Value>,
  options: Partial<ModelsOptions> = {},
): Promise<Value> {
  const server = await startFakeModelServer(script);
  try {
    const baseUrls = { [id]: id === 'anthropic' ? server.anthropicUrl : server.openaiUrl };
    const secrets = { read: () => Promise.resolve(plantedKey) };
    const provider = createModels({ secrets, baseUrls, ...options }).provider(id);
    if (!provider) throw new Error(`There is no provider "${id}".`);
    return await use(provider, server);
  } finally {
    await server.close();
  }
}
