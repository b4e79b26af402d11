import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { createGatedCases, judgeGated, type GatedVerdict } from './gatedCases.ts';
import { readRealFiles } from './realSources.ts';
import { createSeededRandom } from './seededRandom.ts';

const casesPerRun = 140;

describe('edits of real source files behind the gates', function () {
  this.timeout(120_000);

  it('leave every file that parsed before parsing', async () => {
    const grammars = new GrammarParser();
    // A compiler is a process for each text; the task `gatedCases` asks them too.
    const syntax = createSyntax({ grammars, compilers: async () => undefined });
    const files = readRealFiles().filter(({ text }) => text.length < 12_000);
    const nextCase = createGatedCases(files, createSeededRandom(11));
    const counts = new Map<GatedVerdict, number>();
    for (let made = 0; made < casesPerRun; made += 1) {
      const each = nextCase();
      const verdict = await judgeGated(each, syntax, [syntax]);
      assert.notEqual(
        verdict,
        'broken',
        `${each.path}, ${each.located.kind}:\n${each.located.block.replace}`,
      );
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
    // What is refused or was broken before proves nothing.
    assert.ok((counts.get('parses') ?? 0) > casesPerRun / 4, JSON.stringify([...counts]));
    assert.ok((counts.get('refused by a gate') ?? 0) > 0, JSON.stringify([...counts]));
  });
});
