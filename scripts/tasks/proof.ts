/**
 * Runs bundled rules on published packages with the recorded answers, lands what they propose, and holds it to the packages'
 * own tools: all cases with a proof, or those that are named. `--write` keeps the figures in docs/proof.md.
 */
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runTask } from '../demo/runTask.ts';
import { prepareCases } from '../ruleCases/prepareCases.ts';
import { judgeProof, proveCase, type CaseProof } from '../ruleCases/proveCase.ts';
import { selectRuleCases } from '../ruleCases/ruleCase.ts';
import { renderProofs, writeProofs } from '../ruleCases/writeProofs.ts';

const root = dirname(dirname(import.meta.dirname));

await runTask('proof', async (folder, signal) => {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const cases = selectRuleCases(root, positionals).filter(({ proof }) => proof !== undefined);
  const tools = await prepareCases(root, cases);
  const proofs: CaseProof[] = [];
  let isGood = true;
  for (const rule of cases) {
    const proof = await proveCase(rule, { ...tools, folder }, signal);
    proofs.push(proof);
    const faults = judgeProof(proof);
    isGood &&= faults.length === 0;
    console.log(`${faults.length === 0 ? 'holds' : 'fails'}  ${[rule.name, ...faults].join('\n       ')}`);
  }
  console.log(`\n${renderProofs(proofs)}`);
  if (values.write) writeProofs(root, proofs);
  return isGood;
});
