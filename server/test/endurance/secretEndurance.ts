import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../adversarial/commandLineProcess.ts';
import { nodeCommand, ruleOf } from '../actionSlice.ts';
import { startFakeProxy } from '../fakeProxy.ts';
import { answerWith, statusOf, type FakeReply } from '../fakeModelServer/fakeReply.ts';
import { findLeaks, secretKinds } from '../secretKinds.ts';
import { createSlice, type Slice } from '../sliceWorkspace.ts';

export interface SecretResult {
  readonly kinds: number;
  /** What came out of each, in characters: a sink that told nothing proves nothing. */
  readonly sinks: Readonly<Record<string, number>>;
  readonly leaks: readonly string[];
}

const all = Object.values(secretKinds);
const source = 'src/duration.js';
const comment = all.map((secret) => `// ${secret}`).join('\n');
/** A file beside it, which has none: the texts of files that an edit changes are kept as they are. */
const edited = 'src/edited.js';
const edit = [
  edited,
  '```js',
  '<<<<<<< SEARCH',
  'const last = 1;',
  '=======',
  '/** The last one. */',
  'const last = 1;',
  '>>>>>>> REPLACE',
  '```',
  '',
].join('\n');

/** What is said, printed or answered with every kind of secret in it, and by which words the command line plays it. */
const plays: readonly {
  readonly sink: string;
  readonly words: readonly string[];
  readonly reply?: FakeReply;
  readonly variables?: Readonly<Record<string, string>>;
}[] = [
  { sink: 'diagnostics', words: ['check', source] },
  { sink: 'SARIF', words: ['check', '--format', 'sarif', source] },
  { sink: 'JUnit of diagnostics', words: ['check', '--format', 'junit', source] },
  { sink: 'test output', words: ['test', '--trust'] },
  { sink: 'JUnit of tests', words: ['test', '--trust', '--format', 'junit'] },
  { sink: 'SARIF of tests', words: ['test', '--trust', '--format', 'sarif'] },
  { sink: 'terminal output', words: ['run', '--rule', 'prints', source, '--trust'] },
  { sink: 'status messages', words: ['run', '--rule', 'prints', source, '--trust', '--format', 'json'] },
  {
    sink: 'proposal',
    words: ['run', '--rule', 'edits', edited, '--trust', '--log-level', 'trace'],
    reply: answerWith(edit),
  },
  {
    sink: 'answer',
    words: ['run', '--rule', 'edits', edited, '--trust', '--log-level', 'trace'],
    reply: answerWith(`I saw ${all.join(' ')} and do nothing.`),
  },
  {
    sink: 'error messages',
    words: ['run', '--rule', 'edits', edited, '--trust', '--log-level', 'trace'],
    reply: statusOf(400, { message: `Bad: ${all.join(' ')}` }),
  },
  { sink: 'report bundle', words: ['report'] },
];
const controls: readonly (readonly [sink: string, words: readonly string[]])[] = [
  ['audit log', ['ctl', 'audit', 'export']],
  ['runs', ['ctl', 'log', '--json']],
];

/** Every kind of secret, told to every sink that the product has. Nothing of one may come out or be kept. */
export async function endureSecrets(): Promise<SecretResult> {
  let reply: FakeReply = statusOf(500);
  const slice = await createSlice({ workspace: 'workspaces/sample', script: () => reply });
  const proxy = await startFakeProxy(Number(new URL(slice.models.openaiUrl).port));
  try {
    arrange(slice);
    const texts: Record<string, string> = {};
    const remote = {
      CODEGEN_LAB_CONFIG_AI_PROVIDER: 'vllm',
      CODEGEN_LAB_CONFIG_AI_BASE_URL: 'http://models.example.org/v1',
      HTTP_PROXY: proxy.url,
      VLLM_API_KEY: secretKinds['anthropic'] ?? '',
      MY_OWN_TOKEN: secretKinds['github'] ?? '',
      CODEGEN_LAB_CONFIG_REPLAY_MODE: 'record',
      CODEGEN_LAB_CONFIG_REPLAY_FOLDER: join(slice.home, 'recordings'),
    };
    for (const play of plays) {
      reply = play.reply ?? statusOf(500);
      const { text } = await runCommandLine(slice, play.words, { variables: remote });
      texts[play.sink] = text;
    }
    for (const [sink, words] of controls)
      texts[sink] = (await runCommandLine(slice, words, { variables: remote })).text;
    texts['prompt to another host'] = slice.models.requests.map((request) => request.text).join('\n');
    Object.assign(texts, keptFiles(slice));
    const sinks = Object.fromEntries(Object.entries(texts).map(([sink, text]) => [sink, text.length]));
    return { kinds: all.length, sinks, leaks: findLeaks(texts) };
  } finally {
    await proxy.close();
    await slice.dispose();
  }
}

function arrange(slice: Slice): void {
  const said = JSON.stringify(all.join(' '));
  slice.write(source, `${comment}\n${slice.read(source) ?? ''}`);
  slice.write(
    'test/secrets.test.js',
    [
      "import assert from 'node:assert/strict';",
      "import { test } from 'node:test';",
      `console.log(${said}); console.error(${said});`,
      `test(${said}, () => assert.equal(${said}, 'nothing'));`,
      '',
    ].join('\n'),
  );
  slice.write(edited, 'const last = 1;\n');
  slice.write('.cursor/rules/edits.mdc', ruleOf('- type: document', `  context: [${source}]`));
  slice.write(
    '.cursor/rules/prints.mdc',
    ruleOf(
      '- type: run',
      `  ${nodeCommand(`console.log(${said}); console.error("src/duration.js:1:1: error: " + ${said}); process.exit(1)`)}`,
    ),
  );
  slice.write(
    '.cursor/rules/rejects.mdc',
    ruleOf(
      '- type: reject',
      '  conditions:',
      '    - pattern: "(sk-|ghp_|AKIA)[^\\\\n]+"',
      '      message: A key stands here.',
    ),
  );
}

/** All that was written beside the workspace's own files, by what it is. */
function keptFiles({ home, root }: Slice): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || (path.startsWith(root) && !path.includes('/.codegen-lab/'))) continue;
    const [top = ''] = path.startsWith(root) ? ['journal'] : path.slice(home.length + 1).split('/');
    const name = `files: ${top}${top === 'storage' ? `/${path.split('/').at(-2) ?? ''}` : ''}`;
    texts[name] = (texts[name] ?? '') + readFileSync(path, 'latin1');
  }
  return texts;
}
