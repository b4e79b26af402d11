import type { CommandContext, ProviderInfo } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

interface ProviderRow {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
  /** Never the key itself. */
  readonly hasKey: boolean;
  readonly keyVariables: readonly string[];
  readonly chosen: boolean;
  /** The chosen model; null where none is chosen. */
  readonly model: string | null;
}

/** `clctl models`: who could be asked, who would be, and whether a key is there. Nobody is asked. */
export async function listModels(
  json: boolean,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { output, paints, providers, settings } = context;
  const rows: ProviderRow[] = [];
  for (const provider of providers) rows.push(await toRow(provider, context, signal));
  if (signal.aborted) return exitCodes.cancelled;
  if (json) {
    output.stdout(renderJson({ enabled: settings.ai.enabled, providers: rows }));
    return exitCodes.good;
  }
  const cells = rows.map((row) => [row.chosen ? '*' : ' ', row.id, renderKey(row), plainLine(row.baseUrl)]);
  output.stdout(renderTable([' ', 'PROVIDER', 'KEY', 'ADDRESS'], cells, paints.stdout));
  output.stdout(`\n${plainLine(renderChoice(context))}\n`);
  return exitCodes.good;
}

async function toRow(
  { id, label, baseUrl, needsKey, keyVariables }: ProviderInfo,
  { settings: { ai }, secrets }: CommandContext,
  signal: AbortSignal,
): Promise<ProviderRow> {
  const chosen = ai.provider === id;
  const hasKey = Boolean(await secrets.read(id, signal));
  const address = withoutCredentials(chosen && ai.baseUrl !== '' ? ai.baseUrl : baseUrl);
  return {
    id,
    label,
    baseUrl: address,
    needsKey,
    hasKey,
    keyVariables,
    chosen,
    model: chosen && ai.model !== '' ? ai.model : null,
  };
}

function renderKey({ hasKey, needsKey, keyVariables }: ProviderRow): string {
  if (hasKey) return 'present';
  return needsKey ? `missing (${keyVariables.join(' or ')})` : 'not needed';
}

function renderChoice({ settings: { ai }, providers }: CommandContext): string {
  if (ai.enabled === false) return 'AI is switched off (CODEGEN_LAB_CONFIG_ENABLE_AI).';
  if (ai.provider === '') {
    return 'No model is chosen: set CODEGEN_LAB_CONFIG_AI_PROVIDER and CODEGEN_LAB_CONFIG_AI_MODEL, or use run --model.';
  }
  if (!providers.some((provider) => provider.id === ai.provider)) {
    return `${ai.provider} is chosen, but no such provider is known.`;
  }
  return `${ai.provider}${ai.model === '' ? '' : `/${ai.model}`} is chosen.`;
}

/** An address may hold a name and a password, or a key among its parameters. */
function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address === '' ? '' : '(not an address)';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
