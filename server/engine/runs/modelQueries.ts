import type { ModelsReport } from '../../protocol/modelsReport.ts';
import type { Finding } from '../../protocol/text.ts';
import type { UsageReport } from '../../protocol/usageReport.ts';
import { foldUsage, usageSteps } from '../journal/foldUsage.ts';
import { priceTable } from '../llm/priceTable.ts';
import { noChoices, renderCandidate } from '../routing/modelChoices.ts';
import { checkModelsFile } from '../routing/modelsFile/checkModelsFile.ts';
import type { KnownModels } from '../routing/modelsFile/completeModelsFile.ts';
import { readModelSettings } from '../routing/modelsFile/parseModelsFile.ts';
import { allCandidates } from '../routing/reportRouting.ts';
import { providersSetUp, type RoutingSources } from '../routing/resolveRoute.ts';
import type { Settings } from '../settings.ts';
import { checkModels } from './checkModels.ts';
import type { RunStarter } from './startRun.ts';

/** Answers about models: who would be asked, and what a team's models file says. */
export interface ModelQueries {
  /** The effective routing of a folder; `tries`: what each candidate answers to a tiny call, which may cost something. */
  check(root: string, tries: boolean, signal: AbortSignal): Promise<ModelsReport>;
  /** What is to be said of the text of a models file. */
  problemsOf(text: string): readonly Finding[];
  /** What calls took and cost, from the journals of a folder that this installation wrote. */
  usage(root: string): Promise<UsageReport>;
  /** Names that the person has. */
  known(): KnownModels;
}

/** Newest first; more would take long to read. */
const readJournals = 2000;

export function createModelQueries(
  starter: Pick<RunStarter, 'deps' | 'spending' | 'budgets' | 'journal'>,
  settings: Settings,
): ModelQueries {
  const { ai, models } = settings;
  const mine = (): Omit<RoutingSources, 'team'> => {
    const user = readModelSettings(models).choices;
    const { limits } = settings;
    // The plain limits count among the person's own.
    const run = { usd: limits.usdPerRun, tokens: limits.tokensPerRun, seconds: limits.secondsPerRun };
    const { budgets } = user.limits;
    const least = (unit: keyof typeof run) => ({
      ...budgets[unit],
      run: Math.min(run[unit], budgets[unit].run ?? run[unit]),
    });
    const day = Math.min(limits.usdPerDay, budgets.usd.day ?? limits.usdPerDay);
    const all = { usd: { ...least('usd'), day }, tokens: least('tokens'), seconds: least('seconds') };
    return { ai, providers: models.providers, user: { ...user, limits: { ...user.limits, budgets: all } } };
  };
  return {
    check: (root, tries, signal) => checkModels(starter, { root, settings, tries }, signal),
    async usage(root) {
      const journals = await starter.journal.recent(root, readJournals, usageSteps);
      const own = journals.filter(({ trusted }) => trusted).map(({ events }) => events);
      return { ...foldUsage(own), target: models.target };
    },
    problemsOf: (text) => checkModelsFile(text, mine()),
    known() {
      const sources = { ...mine(), team: noChoices };
      const setUp = providersSetUp(sources);
      const priced = priceTable.filter(({ provider }) => setUp.has(provider));
      const named = [...allCandidates(sources), ...priced].map(renderCandidate);
      return { providers: [...setUp], models: [...new Set(named)] };
    },
  };
}
