import type { TestCase } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { cancelled, refused, type RunEnd } from '../../runScope.ts';
import { isRed } from '../judgeProof.ts';
import { testsOf } from '../../testFiles.ts';
import type { Docket } from './docket.ts';
import type { TestEnd } from './matchCases.ts';
import { outOfTime } from './outOfTime.ts';
import type { VariantRun, Variants } from './variants.ts';

export interface PassingParts {
  readonly docket: Docket;
  readonly variants: Variants;
  /** How the concerned tests ended before the edit. */
  readonly baseline: readonly TestCase[];
  /** The candidates have to fail. */
  readonly redFirst: boolean;
  readonly hasTime: () => boolean;
}

/**
 * Drops what the runner does not collect, what does not end as it must, and what makes other tests fail. Returns the paths
 * that the run of the rest left changed.
 */
export async function filterPassing(parts: PassingParts): Promise<ReadonlySet<string> | RunEnd> {
  const { docket, baseline } = parts;
  for (;;) {
    const tests = [...docket.alive];
    if (tests.length === 0) return new Set();
    const run = await runTogether(parts, tests, true);
    if (run === undefined) return new Set();
    const ended = endOf(run);
    if (ended !== undefined) return ended;
    if (!isHarmful(run, tests, baseline)) {
      await judgeEnds(parts, tests, run);
      return new Set(run.written);
    }
    // Who does no harm is judged with all others who do none.
    const end = await dropHarmful(parts, tests, run);
    if (end !== undefined) return end;
    if (docket.alive.size === tests.length) {
      for (const test of tests) docket.drop(test, notTogether);
      return new Set();
    }
  }
}

const notTogether = {
  filter: 'reliable',
  reason: 'cannot run together with the other new tests, and does by itself',
} as const;

/** undefined: there is no time left, and nobody is left to judge. */
async function runTogether(
  { docket, variants, hasTime }: PassingParts,
  tests: readonly TestNode[],
  watched: boolean,
): Promise<VariantRun | undefined> {
  if (hasTime())
    return variants.run({ candidates: new Set(tests), company: 'rest', coverage: 'none', watched });
  for (const test of tests) docket.drop(test, outOfTime('it could not be run'));
  return undefined;
}

/** What keeps others from being run, or makes them fail, is found by halves. */
async function dropHarmful(
  parts: PassingParts,
  tests: readonly TestNode[],
  known?: VariantRun,
): Promise<RunEnd | undefined> {
  const { docket, baseline } = parts;
  const [first, ...others] = tests;
  if (first === undefined) return undefined;
  const run = known ?? (await runTogether(parts, tests, false));
  if (run === undefined) return undefined;
  const ended = endOf(run);
  if (ended !== undefined || !isHarmful(run, tests, baseline)) return ended;
  if (others.length > 0) {
    const half = Math.ceil(tests.length / 2);
    return (await dropHarmful(parts, tests.slice(0, half))) ?? (await dropHarmful(parts, tests.slice(half)));
  }
  if (isBroken(run, tests)) dropBroken(docket, first, run);
  else
    docket.drop(first, {
      filter: 'reliable',
      reason: `makes tests fail that passed before: ${harmedBy(run, baseline).join(', ')}`,
    });
  return undefined;
}

function isHarmful(run: VariantRun, tests: readonly TestNode[], baseline: readonly TestCase[]): boolean {
  return isBroken(run, tests) || harmedBy(run, baseline).length > 0;
}

function isBroken(run: VariantRun, tests: readonly TestNode[]): boolean {
  return run.outcome.kind !== 'finished' || tests.every((test) => endIn(run, test).kind === 'missing');
}

/** What the model cannot mend. */
export function endOf({ outcome }: VariantRun): RunEnd | undefined {
  if (outcome.kind === 'cancelled') return cancelled;
  if (outcome.kind === 'runnerMissing') return refused('tests.no-runner', outcome.message);
  if (outcome.kind === 'notConfined') return refused(outcome.code ?? 'sandbox.unavailable', outcome.message);
  return undefined;
}

export function endIn(run: VariantRun, test: TestNode): TestEnd {
  return run.ends.get(test) ?? { kind: 'missing', cases: [] };
}

function dropBroken(docket: Docket, test: TestNode, { outcome }: VariantRun): void {
  if (outcome.kind === 'timedOut') {
    docket.drop(test, { filter: 'passes', reason: `hangs: ${outcome.message}` });
    return;
  }
  const failed = testsOf(outcome).filter(isRed);
  const told = 'message' in outcome ? outcome.message : failed[0]?.failure?.message;
  const output = outcome.kind === 'noReport' ? lastLine(outcome.output) : '';
  const reason = told === undefined ? 'is not collected' : `cannot be collected: ${oneLine(told)}${output}`;
  docket.drop(test, { filter: 'collects', reason, failed });
}

function lastLine(output: string): string {
  const line = output.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line === '' ? '' : ` (${line.slice(0, 200)})`;
}

function isRedNow(test: TestCase | undefined): boolean {
  return test === undefined || isRed(test);
}

/** Names of tests that passed before and do not now. */
function harmedBy({ outcome }: VariantRun, baseline: readonly TestCase[]): readonly string[] {
  const now = new Map(testsOf(outcome).map((test) => [test.id, test]));
  return baseline
    .filter(({ id, status }) => status === 'passed' && isRedNow(now.get(id)))
    .map(({ name }) => name)
    .slice(0, 5);
}

async function judgeEnds(parts: PassingParts, tests: readonly TestNode[], run: VariantRun): Promise<void> {
  const { docket, variants, redFirst } = parts;
  const wanted = redFirst ? 'failed' : 'passed';
  const other: TestNode[] = [];
  for (const test of tests) {
    const { kind } = endIn(run, test);
    if (kind === 'missing')
      docket.drop(test, { filter: 'collects', reason: 'is not collected: the runner does not report it' });
    else if (kind === 'skipped')
      docket.drop(test, { filter: 'passes', reason: 'is skipped, so it shows nothing' });
    else if (kind !== wanted) other.push(test);
  }
  if (other.length === 0) return;
  // What ends in another way on the same text is not wrong but unreliable.
  const again = await variants.run({ candidates: new Set(tests), company: 'rest', coverage: 'none' });
  for (const test of other) {
    const [now, then] = [endIn(run, test), endIn(again, test)];
    const failed = [...now.cases, ...then.cases].filter(isRed);
    if (again.outcome.kind === 'finished' && then.kind === wanted)
      docket.drop(test, { filter: 'reliable', reason: `is flaky: ${flakyReason(failed)}`, failed });
    else if (lackingFixture(failed) !== undefined)
      docket.drop(test, {
        filter: 'collects',
        reason: `cannot be set up: there is no fixture '${lackingFixture(failed)}'`,
        failed: now.cases.filter(isRed),
      });
    else if (redFirst)
      docket.drop(test, { filter: 'passes', reason: 'passes on the code as it is, so it shows no bug' });
    else
      docket.drop(test, {
        filter: 'passes',
        reason: `fails: ${messageOf(failed)}`,
        failed: now.cases.filter(isRed),
      });
  }
}

function flakyReason(failed: readonly TestCase[]): string {
  return `it failed once and passed once on the same text (${messageOf(failed)})`;
}

/** pytest collects a test that asks for what nobody gives, and then cannot run it. */
function lackingFixture(failed: readonly TestCase[]): string | undefined {
  for (const { status, failure } of failed) {
    const name = /fixture '([^'\n]+)' not found/u.exec(failure?.detail ?? '')?.[1];
    if (status === 'errored' && name !== undefined) return name;
  }
  return undefined;
}

export function messageOf(failed: readonly TestCase[]): string {
  const failure = failed.find((test) => test.failure !== undefined)?.failure;
  if (failure === undefined) return 'no message';
  const { message, expected, actual } = failure;
  const isCut = expected !== undefined && actual !== undefined && /:\s*$/u.test(message);
  return oneLine(isCut ? `${message} got ${actual}, expected ${expected}` : message);
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line;
}
