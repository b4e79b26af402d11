import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { createGatedCases, judgeGated, type GatedOutcome } from './gatedCases.ts';
import { readRealFiles } from './realSources.ts';
import { createSeededRandom } from './seededRandom.ts';

const casesPerLanguage = 60;

describe('edits of real source files behind the gates', function () {
  this.timeout(120_000);
  const grammars = new GrammarParser();
  // A compiler is a process for each text; the task `gatedCases` asks them, for more languages and 10,000 cases.
  const syntax = createSyntax({ grammars, compilers: async () => undefined });
  after(() => grammars.dispose());
  const files = readRealFiles().filter(({ text }) => text.length < 12_000);

  for (const ending of ['.ts', '.js']) {
    it(`leave every ${ending} file that parsed before parsing`, async () => {
      const texts = files.filter(({ path }) => path.endsWith(ending)).map(({ text }) => text);
      const nextCase = createGatedCases(`a${ending}`, texts, createSeededRandom(11));
      const counts = new Map<GatedOutcome['kind'], number>();
      for (let made = 0; made < casesPerLanguage; made += 1) {
        const each = nextCase();
        const { kind } = await judgeGated(each, syntax);
        assert.notEqual(kind, 'broken', `${each.located.kind}:\n${each.located.block.replace}`);
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      // What was broken before, or is not located, proves nothing.
      assert.ok((counts.get('parses') ?? 0) > casesPerLanguage / 3, JSON.stringify([...counts]));
      assert.ok((counts.get('refused') ?? 0) > casesPerLanguage / 10, JSON.stringify([...counts]));
    });
  }
});
