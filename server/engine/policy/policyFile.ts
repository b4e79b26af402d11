import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { completeShape, type ShapeProposal } from '../rules/forms/completeShape.ts';
import { hoverShape, type ShapeHover } from '../rules/forms/hoverShape.ts';
import { policyShape } from './policyShape.ts';
import { readPolicy } from './readPolicy.ts';

/** What is wrong in the text of a policy; while something is, nothing is given. */
export function checkPolicyFile(path: string, text: string): readonly Finding[] {
  const reading = readPolicy(path, text);
  if ('policy' in reading) return [];
  const lines = createLineMap(text);
  return reading.problems.map(({ message, span }) => ({
    path,
    range: lines.toRange(span),
    severity: 'error',
    code: 'policy.broken',
    message: `${message} Until that is mended nothing is done here.`,
  }));
}

/** What can be written at an offset of a policy. `rules`: names of rules. */
export function completePolicyFile(
  text: string,
  offset: number,
  rules: readonly string[],
): readonly ShapeProposal[] {
  return completeShape(policyShape, text, offset, {
    names: () => Object.fromEntries(rules.map((name) => [name, 'A rule of this folder.'])),
    candidates: [],
  });
}

/** What a key of a policy means. */
export function hoverPolicyFile(text: string, offset: number): ShapeHover | undefined {
  return hoverShape(policyShape, text, offset, ({ of }, name) => `\`${name}\`: ${of.summary}`);
}
