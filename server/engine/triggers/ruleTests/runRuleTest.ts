import type { Patterns } from '../../ports/patterns.ts';
import type { Rule } from '../../rules/rule.ts';
import { checkFile } from '../checkFile.ts';
import { decideFirings, findPathFault, heldByHand, matchFile } from '../decideFirings.ts';
import type { FileEvent } from '../fileEvent.ts';
import { createEventFile } from '../filters/eventFile.ts';
import { createCaseFiles } from './caseFiles.ts';
import type { RuleTestCase, RuleTestResult } from './ruleTestCase.ts';

export interface RuleTestSubject {
  /** The rules of one file, with all that they inherit: the file's own and those of its blocks. */
  readonly rules: readonly Rule[];
  readonly patterns: Patterns;
}

/**
 * Tries the rules of a file on one case. A case applies when one of the rules does: with an event, when one fires; without,
 * when the file is one that a rule is about. `finds` counts what the checks of all of them find in the text.
 */
export async function runRuleTest(
  subject: RuleTestSubject,
  test: RuleTestCase,
  signal: AbortSignal,
): Promise<RuleTestResult> {
  const { applies, reason } = await decide(subject, test, signal);
  if (applies !== test.applies) {
    const wanted = test.applies ? 'It should apply and does not' : 'It should not apply and does';
    return { test, passed: false, reason: `${wanted}: ${reason}.` };
  }
  if (test.finds === undefined) return { test, passed: true, reason: `${capitalise(reason)}.` };
  const found = await countFindings(subject, test, signal);
  const passed = found === test.finds;
  const places = found === 1 ? '1 place' : `${found} places`;
  return {
    test,
    passed,
    reason: passed ? `It finds ${places}.` : `It should find ${test.finds} and finds ${places}.`,
  };
}

interface Verdict {
  readonly applies: boolean;
  /** Without a full stop. */
  readonly reason: string;
}

async function decide(subject: RuleTestSubject, test: RuleTestCase, signal: AbortSignal): Promise<Verdict> {
  const { rules, patterns } = subject;
  const files = createCaseFiles(new Map([...test.beside, [test.file, test.content]]));
  const event: FileEvent = {
    root: '',
    path: test.file,
    name: test.event ?? 'manual',
    origin: test.origin,
    text: test.content,
    ...(test.before === undefined ? {} : { before: test.before }),
    depth: 0,
  };
  if (test.event !== undefined) {
    const decisions = await decideFirings({ event, rules, context: { files, patterns }, signal });
    const decisive = decisions.find(({ fires }) => fires) ?? decisions[0];
    return { applies: decisive?.fires === true, reason: decisive?.reason ?? 'there is no rule' };
  }
  const fault = findPathFault(test.file);
  if (fault !== undefined) return { applies: false, reason: fault };
  const file = createEventFile({ event, files, patterns, signal });
  let refused = 'there is no rule';
  for (const rule of rules) {
    if (!rule.active) {
      refused = rule.inactiveReason ?? 'it is not active';
      continue;
    }
    const match = await matchFile(rule, file, heldByHand);
    if (match.kind === 'matched') return { applies: true, reason: `it is about \`${test.file}\`` };
    refused = match.reason;
  }
  return { applies: false, reason: refused };
}

async function countFindings(
  { rules, patterns }: RuleTestSubject,
  test: RuleTestCase,
  signal: AbortSignal,
): Promise<number> {
  const files = createCaseFiles(new Map([...test.beside, [test.file, test.content]]));
  const request = {
    root: '',
    path: test.file,
    text: test.content,
    ...(test.before === undefined ? {} : { before: test.before }),
    rules,
    files,
    patterns,
    moment: 'commit',
  } as const;
  return (await checkFile(request, signal)).length;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
