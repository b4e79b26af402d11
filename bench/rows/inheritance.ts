import type { FileRead, Files } from '../../server/engine/ports/files.ts';
import { createRuleStore, type RuleStore } from '../../server/engine/rules/ruleStore.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { repeat } from '../measure/measurePairs.ts';
import { againstLimit } from '../measure/results.ts';

const name = 'inheritance';
const limitMs = 10;
const parentPath = '.cursor/rules/base.mdc';
const never = new AbortController().signal;

/** From a change of a parent to everything that its children then are. The files are in memory: what counts is our own time. */
export const inheritance: BenchRow = {
  names: [name],
  async run(context) {
    const count = context.size === 'full' ? 1_000 : 10;
    const texts = createTexts(count);
    const store = createRuleStore({ files: filesOf(texts), root: '/workspace' });
    await store.load(never);
    const what = `a change of one parent of ${count} rules`;
    const beside = `${limitMs} ms`;
    const measure = async (result: string, doing: string, change: Change): Promise<BenchResult> =>
      againstLimit(
        { name: `${name}/${result}`, what: `${what}, ${doing}`, beside },
        await repeat(createSampler(store, change), rounds(context)),
        limitMs,
      );
    return [
      await measure('text', 'read and resolved, with the same globs', async (round) => {
        texts.set(parentPath, renderParent(round, 'src/**'));
        return store.reload([parentPath], never);
      }),
      await measure('globs', 'read, resolved and indexed, with other globs', async (round) => {
        texts.set(parentPath, renderParent(round, `src/part${round}/**`));
        return store.reload([parentPath], never);
      }),
      await measure('typed', 'typed and not saved', async (round) =>
        store.setTyped(parentPath, renderParent(round, 'src/**')),
      ),
    ];
  },
};

/** Resolves to the rule files that it concerned. */
type Change = (round: number) => Promise<ReadonlySet<string>>;

function rounds({ size }: BenchContext): number {
  return size === 'full' ? 31 : 2;
}

/** Milliseconds from a change until every rule that it concerns has been worked out. */
function createSampler(store: RuleStore, change: Change): () => Promise<number> {
  let round = 0;
  return async () => {
    round += 1;
    const started = performance.now();
    const affected = await change(round);
    for (const path of affected) store.typed.effectiveRules(path);
    const took = performance.now() - started;
    if (affected.size !== store.documents().length) throw new Error(`${affected.size} rules were concerned.`);
    return took;
  };
}

function createTexts(count: number): Map<string, string> {
  const texts = new Map([[parentPath, renderParent(0, 'src/**')]]);
  for (let number = 0; number < count; number += 1) {
    const lines = [
      '---',
      `description: What is special about part ${number}`,
      'extends: ./base.mdc',
      'actions:',
      '  - type: review',
      `    message: Look at part ${number}.`,
      '---',
      `Part ${number} keeps its own state.`,
    ];
    texts.set(`.cursor/rules/part${number}.mdc`, `${lines.join('\n')}\n`);
  }
  return texts;
}

function renderParent(round: number, globs: string): string {
  const lines = [
    '---',
    'description: What all parts have in common',
    `globs: ${globs}`,
    'on: save',
    'filters:',
    '  - type: content',
    `    pattern: "export .*${round}"`,
    '---',
    `Round ${round}. Name things by what they are for.`,
  ];
  return `${lines.join('\n')}\n`;
}

function filesOf(texts: ReadonlyMap<string, string>): Files {
  const read = (path: string): FileRead => {
    const text = texts.get(path);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  return {
    read: async (_root, path) => read(path),
    list: async () => [...texts.keys()],
    listRules: async () => [...texts.keys()],
    linkTo: async () => undefined,
    exists: async (_root, path) => texts.has(path),
  };
}
