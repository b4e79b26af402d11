import { candidateFilters, type CandidateFilter, type CandidateReport } from '../../protocol/candidates.ts';
import type { TestCase } from '../../protocol/tests.ts';
import { recallAnswerForm, type AnswerForm } from './answerForm.ts';
import { adviceOfRedTests } from './buildFixPrompt.ts';
import { showName } from './fenceText.ts';
import { renderFailures } from './renderFailures.ts';

export interface DroppedTests {
  readonly report: CandidateReport;
  /** Of the dropped ones, what failed. */
  readonly failed: readonly TestCase[];
  /** One-based lines of the code under test that no test runs; empty where that is not known. */
  readonly uncovered: readonly number[];
  /** The code under test. */
  readonly source: string;
  /** Absolute folders that stand for the workspace folder. */
  readonly roots: readonly string[];
  readonly targets: readonly string[];
  readonly form: AnswerForm;
}

/** What a filter asks for, as the model is told. */
const wants: Readonly<Record<CandidateFilter, string>> = {
  collects: 'the runner has to collect it',
  passes: 'it has to pass on the code as it is',
  reliable: 'it has to end alike alone, with the rest and in any order',
  coverage: 'it has to run lines or branches that no other test runs',
  mutation: 'it has to fail when the code is changed in a small wrong way',
  hygiene:
    'it has to assert something real, and to do without waiting, network, clock, chance and other tests',
};

const maxShown = 20;

/** The next message after an answer of which no test was kept. */
export function buildDroppedMessage(dropped: DroppedTests): string {
  const { report, failed, uncovered, source, roots, targets, form } = dropped;
  const redWants = 'it has to fail on the code as it is, since it shows a bug';
  const named = candidateFilters.filter((filter) => report.dropped.some((each) => each.filter === filter));
  const list = report.dropped
    .slice(0, maxShown)
    .map(({ name, reason }) => `- \`${showName(name)}\` ${showName(reason)}.`);
  const more = report.dropped.length > maxShown ? [`- And ${report.dropped.length - maxShown} more.`] : [];
  const asked = named.map(
    (filter) => `- ${filter === 'passes' && report.redFirst ? redWants : wants[filter]};`,
  );
  const living = report.mutation?.living ?? [];
  const parts = [
    `${report.candidates === 1 ? 'The new test was not kept' : `None of the ${report.candidates} new tests was kept`}:\n${[...list, ...more].join('\n')}`,
    `What a new test is asked for:\n${asked.join('\n')}`,
    ...renderFailures(failed, roots),
    ...(living.length > 0
      ? [
          `Tests that fail for one of these changes of \`${showName(source)}\` are wanted most; all tests pass with each:\n${living.map((each) => `- ${showName(each)}`).join('\n')}`,
        ]
      : []),
    ...(uncovered.length > 0
      ? [`No test runs these lines of \`${showName(source)}\`: ${renderLines(uncovered)}.`]
      : []),
    ...(failed.length > 0 && !report.redFirst ? [adviceOfRedTests] : []),
    recallAnswerForm(form, targets),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** `3, 7 to 9`. */
function renderLines(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  const shown = runs
    .slice(0, maxShown)
    .map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  return runs.length > maxShown ? `${shown.join(', ')} and others` : shown.join(', ');
}
