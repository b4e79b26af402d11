/** Applies blocks as models write them to real source files, lets them through the gates, and parses what comes out (--cases N; --seed N). */
import { parseArgs } from 'node:util';
import { GrammarParser } from '../../server/adapters/syntax/grammarParser.ts';
import { createSyntax } from '../../server/adapters/syntax/createSyntax.ts';
import { createGatedCases, judgeGated, type GatedVerdict } from '../../server/test/gatedCases.ts';
import { readRealFiles } from '../../server/test/realSources.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});

const libraries = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14']
  .map((version) => `/usr/lib/python${version}`)
  .concat('/usr/local/go/src', '/usr/share/go/src');
const files = readRealFiles(libraries);
const nextCase = createGatedCases(files, createSeededRandom(Number(values.seed)));
const grammars = new GrammarParser();
const syntax = createSyntax({ grammars });
const counts = new Map<string, Map<GatedVerdict, number>>();
for (let made = 0; made < Number(values.cases); made += 1) {
  const each = nextCase();
  const verdict = await judgeGated(each, syntax, [syntax, grammars]);
  const ending = each.path.slice(1);
  const ofEnding = counts.get(ending) ?? new Map<GatedVerdict, number>();
  counts.set(ending, ofEnding.set(verdict, (ofEnding.get(verdict) ?? 0) + 1));
  if (verdict === 'broken')
    console.log(`--- ${each.path}, ${each.located.kind}:\n${each.located.block.replace}`);
}

const verdicts = ['parses', 'refused by a gate', 'not located', 'not parsed before', 'broken'] as const;
console.log(`${values.cases} cases in ${files.length} files\n`);
console.log(`${''.padEnd(6)}${verdicts.map((verdict) => verdict.padStart(20)).join('')}`);
const total = (verdict: GatedVerdict): number =>
  [...counts.values()].reduce((sum, ofEnding) => sum + (ofEnding.get(verdict) ?? 0), 0);
for (const [ending, ofEnding] of counts)
  console.log(
    `${ending.padEnd(6)}${verdicts.map((verdict) => String(ofEnding.get(verdict) ?? 0).padStart(20)).join('')}`,
  );
console.log(`${'all'.padEnd(6)}${verdicts.map((verdict) => String(total(verdict)).padStart(20)).join('')}`);
if (total('broken') > 0) process.exitCode = 1;
