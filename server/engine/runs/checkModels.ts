import type { ModelsReport, TriedModel } from '../../protocol/modelsReport.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { askModel, type AskOutcome } from '../llm/askModel.ts';
import { renderCandidate, type Candidate } from '../routing/modelChoices.ts';
import { modelsFilePath } from '../routing/modelsFile/parseModelsFile.ts';
import { ratesOf } from '../routing/rates.ts';
import { readPrices } from '../routing/readPrices.ts';
import { allCandidates, reportLimits, reportRoles } from '../routing/reportRouting.ts';
import type { Settings } from '../settings.ts';
import { effectiveBudget } from './effectiveLimits.ts';
import { explainNoModel } from './explainNoModel.ts';
import { meterRun } from './meterRun.ts';
import { readRouting, type RoutingReading } from './readRouting.ts';
import type { RunStarter } from './startRun.ts';
import { takeModelRight } from './takeModelRight.ts';

export interface ModelsToCheck {
  readonly root: string;
  readonly settings: Settings;
  /** Whether every candidate is tried with a tiny call, which may cost something. */
  readonly tries: boolean;
}

const byHand = { event: 'manual', origin: 'user', depth: 0 } as const;
/** Enough for one word, and for the thoughts of a model before it. */
const maxOutputTokens = 200;
const tryMs = 60_000;

/** The effective routing with where each value comes from; if asked for, what each candidate answers. */
export async function checkModels(
  starter: Pick<RunStarter, 'deps' | 'spending' | 'budgets'>,
  { root, settings, tries }: ModelsToCheck,
  signal: AbortSignal,
): Promise<ModelsReport> {
  const { deps } = starter;
  const routing = await readRouting({ files: deps.files, root, settings }, signal);
  const { sources } = routing;
  const barred = explainNoModel(settings.ai) ?? routing.obstacle;
  const candidates = tries && barred === undefined ? allCandidates(sources) : [];
  const budget = effectiveBudget(settings, { budget: {} }, sources);
  const meter = meterRun(
    { spending: starter.spending, budgets: starter.budgets, clock: deps.clock, digest: deps.digest },
    { run: deps.random.id(), root, cause: byHand, budget, settings, sources },
  );
  const tried = await Promise.all(
    candidates.map(async (candidate) => {
      const outcome = await askModel({
        models: deps.models,
        target: candidate,
        request: {
          system: 'This is a test of the connection.',
          messages: [{ role: 'user', text: 'Reply with the word OK and nothing else.' }],
          maxOutputTokens,
          timeoutMs: tryMs,
        },
        budget: meter,
        gate: { gates: deps.gates, key: 'check', limits: ratesOf(sources, candidate.provider) },
        takeRight: takeModelRight({ deps, root, who: { kind: 'person' }, role: 'check' }),
        clock: deps.clock,
        random: deps.random,
        signal,
      });
      return toTried(candidate, outcome);
    }),
  );
  return {
    roles: reportRoles(sources),
    limits: reportLimits(sources, settings.limits),
    problems: [...(barred === undefined ? [] : [barred]), ...problemsOf(routing, settings)],
    tried,
  };
}

function problemsOf({ file, settingProblems }: RoutingReading, settings: Settings): readonly string[] {
  const lines = file && createLineMap(file.text);
  return [
    ...(file?.problems ?? []).map(
      ({ message, span }) => `${modelsFilePath}:${(lines?.positionAt(span.start).line ?? 0) + 1}: ${message}`,
    ),
    ...settingProblems.map(({ path, message }) => `codegenLab.models.${path.join('.')}: ${message}`),
    ...readPrices(settings.models.prices).problems,
  ];
}

function toTried(candidate: Candidate, outcome: AskOutcome): TriedModel {
  const model = renderCandidate(candidate);
  switch (outcome.kind) {
    case 'answered': {
      const { cost, firstTokenMs, ms } = outcome;
      return { model, ok: true, message: `${outcome.model} answered.`, cost, firstTokenMs, ms };
    }
    case 'failed': {
      // It was reached and spoke, only for too long.
      const ok = outcome.code === 'model.cut-off' && outcome.usage !== undefined;
      const message = ok ? 'It answered, and was cut off at the few tokens of this test.' : outcome.message;
      return { model, ok, message, cost: outcome.cost ?? null };
    }
    case 'refused':
      return { model, ok: false, message: outcome.message, cost: null };
    case 'cancelled':
      return { model, ok: false, message: 'Stopped.', cost: null };
  }
}
