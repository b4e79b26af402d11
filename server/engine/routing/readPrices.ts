import type { PriceRow } from '../llm/priceTable.ts';
import { parseCandidate } from './modelChoices.ts';

export interface PricesReading {
  readonly rows: readonly PriceRow[];
  /** What is wrong in the person's prices, as sentences. */
  readonly problems: readonly string[];
}

/**
 * Reads the person's prices: `{"provider/model": {"input": 1, "output": 5, "cacheRead": 0.1, "cacheWrite": 1.25, "asOf":
 * "2026-11-01"}}`, in USD per million tokens. What is said of no cache costs as much as input. A price that is not whole is
 * left out: the model's price is then what the built-in table says.
 */
export function readPrices(settings: Readonly<Record<string, unknown>>): PricesReading {
  const rows: PriceRow[] = [];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const candidate = parseCandidate(name);
    const price = readPrice(value);
    if (!candidate) problems.push(`codegenLab.models.prices: \`${name}\` is no \`provider/model\`.`);
    else if (!price)
      problems.push(
        `codegenLab.models.prices: \`${name}\` needs \`input\` and \`output\`, each a number of at least 0, in US dollars per million tokens.`,
      );
    else rows.push({ ...candidate, ...price, source: 'codegenLab.models.prices' });
  }
  return { rows, problems };
}

function readPrice(value: unknown): Omit<PriceRow, 'provider' | 'model' | 'source'> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  const { input, output, cacheRead = input, cacheWrite = input, asOf } = fields;
  return isPrice(input) && isPrice(output) && isPrice(cacheRead) && isPrice(cacheWrite)
    ? { input, output, cacheRead, cacheWrite, asOf: typeof asOf === 'string' ? asOf : '' }
    : undefined;
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
