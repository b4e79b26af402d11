import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import { parseRuleTests } from '../../engine/triggers/ruleTests/parseRuleTests.ts';
import { runRuleTest } from '../../engine/triggers/ruleTests/runRuleTest.ts';
import { testsPathOf, type RuleTestResult } from '../../engine/triggers/ruleTests/ruleTestCase.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RuleTestInvocation, type UsageError } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { findRule } from './findRule.ts';

/** `clctl rule test`: tries rules on the cases in `NAME.tests.yaml` beside them. Runs nothing and asks no model. */
export async function testRules(
  { rule: wanted, json }: RuleTestInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const chosen = chooseDocuments(wanted, context);
  if ('problem' in chosen) return usageError('ctl rule', chosen.problem);
  const tested: TestedRule[] = [];
  for (const document of chosen.documents) {
    const result = await testDocument(document, context, signal);
    if (signal.aborted) return exitCodes.cancelled;
    if (result !== undefined) tested.push(result);
  }
  if (tested.length === 0) {
    const [only] = chosen.documents;
    const place =
      wanted === undefined || only === undefined
        ? 'NAME.tests.yaml'
        : (testsPathOf(only.path) ?? 'NAME.tests.yaml');
    return usageError('ctl rule', `There are no tests; they stand beside the rule in ${place}.`);
  }
  output.stdout(
    json ? renderJson(tested.map(toDocument)) : tested.map((each) => renderTested(each, context)).join(''),
  );
  const isGood = tested.every(
    ({ problems, results }) => problems.length === 0 && results.every(({ passed }) => passed),
  );
  if (!json) output.stdout(renderTotal(tested));
  return isGood ? exitCodes.good : exitCodes.findings;
}

interface TestedRule {
  readonly rule: Rule;
  readonly testsPath: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly results: readonly RuleTestResult[];
}

function chooseDocuments(
  wanted: string | undefined,
  context: CommandContext,
): { readonly documents: readonly RuleDocument[] } | { readonly problem: string } {
  const documents = context.engine.ruleDocuments(context.root);
  if (wanted === undefined) return { documents };
  const summary = findRule(context, wanted);
  if ('problem' in summary) return summary;
  const path = summary.ruleId.replace(/#\d+$/, '');
  return { documents: documents.filter((document) => document.path === path) };
}

/** undefined when there are no tests beside the rule. */
async function testDocument(
  document: RuleDocument,
  { engine, root, files, patterns }: CommandContext,
  signal: AbortSignal,
): Promise<TestedRule | undefined> {
  const testsPath = testsPathOf(document.path);
  const read = testsPath === undefined ? undefined : await files.read(root, testsPath, signal);
  if (testsPath === undefined || read === undefined || read.kind === 'missing') return undefined;
  if (read.kind !== 'text') {
    const problems = [
      { line: 0, message: 'These tests cannot be read: save them as UTF-8 text below 1 MB.' },
    ];
    return { rule: document.file, testsPath, problems, results: [] };
  }
  const { cases, problems } = parseRuleTests(read.text);
  const effective = engine.ruleCatalog(root, 'saved')?.effectiveRules(document.path) ?? [];
  const rules =
    effective.length > 0 ? effective.map(({ rule }) => rule) : [document.file, ...document.blocks];
  const results: RuleTestResult[] = [];
  for (const test of cases) results.push(await runRuleTest({ rules, patterns }, test, signal));
  return { rule: document.file, testsPath, problems, results };
}

function renderTested({ rule, testsPath, problems, results }: TestedRule, context: CommandContext): string {
  const paint = context.paints.stdout;
  const shown = plainLine(pathShower(context)(testsPath));
  const lines = [
    ...problems.map(
      ({ line, message }) => `  ${paint.red('error')}  ${shown}:${line + 1}  ${plainLine(message)}\n`,
    ),
    ...results.map(({ test, passed, reason }) => {
      const event = test.event === undefined ? '' : ` on ${test.event}`;
      const mark = passed ? paint.green('pass') : paint.red('fail');
      const place = passed ? '' : `  ${paint.dim(`${shown}:${test.line + 1}`)}`;
      return `  ${mark}  ${plainLine(test.file)}${event}  ${plainLine(reason)}${place}\n`;
    }),
  ];
  return `${paint.bold(plainLine(rule.name))}\n${lines.join('')}`;
}

function renderTotal(tested: readonly TestedRule[]): string {
  const results = tested.flatMap((each) => each.results);
  const failed = results.filter(({ passed }) => !passed).length;
  return `${results.length - failed} passed, ${failed} failed\n`;
}

function toDocument({ rule, testsPath, problems, results }: TestedRule): unknown {
  return {
    rule: rule.id,
    name: rule.name,
    tests: testsPath,
    problems: problems.map(({ line, message }) => ({ line: line + 1, message })),
    results: results.map(({ test, passed, reason }) => ({
      file: test.file,
      event: test.event ?? null,
      line: test.line + 1,
      passed,
      reason,
    })),
  };
}
