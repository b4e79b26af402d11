import type { OfferedModel } from '../../server/protocol/modelRequests.ts';

/** A model as a list to pick from shows it: its name, and its price and its room where they are known. */
export interface ModelItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly id: string;
}

export function modelItem({ id, label, contextTokens, price }: OfferedModel): ModelItem {
  const room = contextTokens === undefined ? [] : [`${renderTokens(contextTokens)} tokens of context`];
  const cost = price
    ? [`${renderUsd(price.input)} in, ${renderUsd(price.output)} out, for a million tokens`]
    : [];
  return { label: id, description: label ?? '', detail: [...room, ...cost].join(' · '), id };
}

function renderTokens(count: number): string {
  if (count < 1_000) return String(count);
  return count < 1_000_000 ? `${Math.round(count / 1_000)}K` : `${Number((count / 1_000_000).toFixed(1))}M`;
}

function renderUsd(amount: number): string {
  return `$${Number.isInteger(amount) ? amount : amount.toFixed(2)}`;
}
