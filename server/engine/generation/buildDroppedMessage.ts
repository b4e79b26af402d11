import { candidateFilters, type CandidateFilter, type CandidateReport } from '../../protocol/candidates.ts';
import type { TestCase } from '../../protocol/tests.ts';
import { recallAnswerForm, type AnswerForm } from './answerForm.ts';
import { adviceOfRedTests } from './buildFixPrompt.ts';
import { showName } from './fenceText.ts';
import type { TestGaps } from './promptInput.ts';
import { renderFailures } from './renderFailures.ts';
import { renderGaps } from './renderGaps.ts';

export interface DroppedTests {
  readonly report: CandidateReport;
  /** Of the dropped ones, what failed. */
  readonly failed: readonly TestCase[];
  /** What no test runs of the code under test; undefined: that is not known, or all of it runs. */
  readonly gaps: TestGaps | undefined;
  /** The code under test. */
  readonly source: { readonly path: string; readonly text: string };
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
  time: 'it has to be quick, so that it can be proven in the time that there is',
};

const maxShown = 20;

const adviceOfCounterexamples =
  'An input that broke a property is worth keeping: beside the property, write a plain test of that very input, with the value that the code promises for it.';

/** As Hypothesis and fast-check name what they found. */
function hasCounterexample({ failure }: TestCase): boolean {
  return /^(?:E\s+)?(?:Falsifying example|Counterexample): /mu.test(
    `${failure?.message ?? ''}\n${failure?.detail ?? ''}`,
  );
}

/** The next message after an answer of which no test was kept. */
export function buildDroppedMessage(dropped: DroppedTests): string {
  const { report, failed, gaps, source, roots, targets, form } = dropped;
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
          `Tests that fail for one of these changes of \`${showName(source.path)}\` are wanted most; all tests pass with each:\n${living.map((each) => `- ${showName(each)}`).join('\n')}`,
        ]
      : []),
    ...(gaps === undefined
      ? []
      : [`Of \`${showName(source.path)}\`:\n${renderGaps(gaps, source.text).join('\n')}`]),
    ...(failed.length > 0 && !report.redFirst ? [adviceOfRedTests] : []),
    ...(failed.some(hasCounterexample) ? [adviceOfCounterexamples] : []),
    recallAnswerForm(form, targets),
  ];
  return `${parts.join('\n\n')}\n`;
}
