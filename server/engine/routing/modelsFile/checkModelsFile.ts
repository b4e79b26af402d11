import { createLineMap } from '../../documents/lineMap.ts';
import type { Finding } from '../../../protocol/text.ts';
import { renderCandidate, type ModelChoices } from '../modelChoices.ts';
import { explainNotSetUp, providersSetUp, type RoutingSources } from '../resolveRoute.ts';
import { modelsFilePath, parseModelsFile } from './parseModelsFile.ts';
import type { ChoicesReading, ModelsProblem } from './readModelChoices.ts';

/** What is to be said of a models file: what is wrong in it, and what has no effect for this person. */
export function checkModelsFile(text: string, mine: Omit<RoutingSources, 'team'>): readonly Finding[] {
  const reading = parseModelsFile(text);
  const lines = createLineMap(text);
  return [...reading.problems, ...missingProviders(reading, mine), ...raisedLimits(reading, mine.user)].map(
    ({ code, severity, message, span }) => ({
      path: modelsFilePath,
      range: lines.toRange(span),
      severity,
      code,
      message,
    }),
  );
}

function missingProviders(
  { named }: ChoicesReading,
  mine: Omit<RoutingSources, 'team'>,
): readonly ModelsProblem[] {
  const setUp = providersSetUp(mine);
  return named
    .filter(({ provider }) => !setUp.has(provider))
    .map((candidate) => ({
      code: 'models.not-set-up',
      severity: 'information',
      message: `${renderCandidate(candidate)} is passed over here. ${explainNotSetUp(candidate.provider)}`,
      span: candidate.span,
      path: ['roles', candidate.role, 'use'],
    }));
}

/** A team can only lower: where the person's own limit is lower, the file's has no effect. */
function raisedLimits({ choices, spans }: ChoicesReading, user: ModelChoices): readonly ModelsProblem[] {
  const problems: ModelsProblem[] = [];
  for (const unit of ['usd', 'tokens', 'seconds'] as const)
    for (const span of ['call', 'run', 'day', 'workspace'] as const) {
      const [theirs, mine] = [choices.limits.budgets[unit][span], user.limits.budgets[unit][span]];
      const place = spans.get(`limits.${unit}.${span}`);
      if (theirs === undefined || mine === undefined || theirs <= mine || !place) continue;
      problems.push({
        code: 'models.no-effect',
        severity: 'information',
        message: `Your own limit of ${mine} is lower and counts: a file of the workspace can only lower limits.`,
        span: place,
        path: ['limits', unit, span],
      });
    }
  return problems;
}
