import * as protocol from '../protocol/requests.ts';
import type { RunView } from '../protocol/viewState.ts';
import type { FakeScript } from './fakeModelServer/fakeModelServer.ts';
import type { FakeReply } from './fakeModelServer/fakeReply.ts';
import type { LspClient } from './lspClient.ts';
import { EditorHome, type SessionOptions } from './lspSession.ts';

export const source = 'workspace/src/duration.js';
export const target = 'workspace/test/duration.generated.test.js';
export const ruleFile = 'workspace/.cursor/rules/generate-tests.mdc';
export const ruleId = 'generate-tests';

const head = [
  "import assert from 'node:assert/strict';",
  "import { test } from 'node:test';",
  "import { formatDuration } from '../src/duration.js';",
];

/** An answer that writes a test file with these lines. */
export function answer(...lines: readonly string[]): FakeReply {
  const path = target.replace('workspace/', '');
  return { kind: 'answer', text: [path, '```js', ...head, ...lines, '```', ''].join('\n') };
}

export const green = answer(
  "test('formats an hour and a half', () => assert.equal(formatDuration(5_400_000), '1h30m'));",
);

/** Says nothing more until it is closed or the client goes away. */
export const stalled: FakeReply = {
  kind: 'answer',
  text: 'never whole',
  delivery: { cut: { atByte: 10, how: 'stall' } },
};

/** The sample workspace in a home of its own, with a rule that waits only a moment for quiet. */
export async function createSampleHome(script: FakeScript): Promise<EditorHome> {
  const home = await EditorHome.create({ workspace: 'workspaces/sample', script });
  home.write(ruleFile, (home.read(ruleFile) ?? '').replace('on: save', 'on: save\ndebounce: 50ms'));
  return home;
}

/** The same with a server over it that has read the rules. */
export async function startSample(
  script: FakeScript,
  options: SessionOptions = {},
): Promise<{ readonly home: EditorHome; readonly client: LspClient }> {
  const home = await createSampleHome(script);
  const { client } = await home.startInProcess(options);
  await rulesRead(client);
  return { home, client };
}

export function rulesRead(client: LspClient): Promise<true> {
  return client.until('the rules', () => client.view?.status.rules === 2 && true);
}

/** The commands of the lenses that stand over every rule, behind all others. */
export const queryLenses = ['showMatchedFiles', 'showEffectiveRule'] as const;

/** The commands of the lenses over a file, without their prefix. */
export async function lensCommands(client: LspClient, uri: string): Promise<readonly string[]> {
  const lenses = await client.lenses(uri);
  return lenses.map((lens) => lens.command?.command.replace('codegenLab.', '') ?? '');
}

export function asked(client: LspClient): Promise<RunView> {
  return client.untilRun('a question', (run) => run.waitingOn === 'approval');
}

export function allow(client: LspClient, run: RunView, yes = true): Promise<unknown> {
  return client.request(protocol.approveRules, { folder: run.folder, texts: [run], allow: yes });
}

/** A person saves the source by hand and allows the rule that asks. */
export async function saveAndAllow(client: LspClient, uri: string): Promise<RunView> {
  await client.save(uri);
  const asking = await asked(client);
  await allow(client, asking);
  return asking;
}

export function proposed(client: LspClient): Promise<RunView> {
  return client.untilRun('a proposal', (run) => run.waitingOn === 'decision');
}

export function finished(client: LspClient, run: string): Promise<RunView> {
  return client.untilRun('its end', (view) => view.run === run && view.phase === 'finished');
}
