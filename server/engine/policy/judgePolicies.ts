import type { AskedRight } from '../audit/rights.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { PolicyText } from '../ports/policies.ts';
import { judgeRight } from './judgeRight.ts';
import { readPolicy } from './readPolicy.ts';

/**
 * Why one of the policies does not give a right; undefined: all of them do. Each can only take away. One that cannot be
 * understood gives nothing. `usdToday`: what was spent today, with what a call that asks may cost at most; undefined: it is not known.
 */
export function judgePolicies(
  policies: readonly PolicyText[],
  asked: AskedRight,
  usdToday?: number,
): string | undefined {
  if (takesAway(asked)) return undefined;
  for (const { file, text } of policies) {
    const denied =
      typeof text === 'string'
        ? judgeText(file, text, asked, usdToday)
        : explainUnread(file, text.unreadable);
    if (denied !== undefined) return denied;
  }
  return undefined;
}

/** To go back to what was needs no right. */
function takesAway({ right }: AskedRight): boolean {
  return right.kind === 'revoke' || (right.kind === 'land' && right.undoes !== undefined);
}

function judgeText(
  file: string,
  text: string,
  asked: AskedRight,
  usdToday: number | undefined,
): string | undefined {
  const reading = readPolicy(file, text);
  if ('policy' in reading) return judgeRight(reading.policy, asked, usdToday);
  const [{ message, span }] = reading.problems;
  const line = createLineMap(text).positionAt(span.start).line + 1;
  return `The policy ${file}:${line} cannot be understood, so nothing is done: ${message} Correct it, or delete the file.`;
}

function explainUnread(file: string, reason: string): string {
  return `The policy ${file} cannot be read (${reason}), so nothing is done. Make it a text file of at most 1 MB that you can read.`;
}
