import { isAbsolute, join, resolve } from 'node:path';
import { renderCassette } from '../../engine/llm/cassette/cassette.ts';
import {
  checkCassette,
  redactCassette,
  type CassetteCheck,
} from '../../engine/llm/cassette/checkCassette.ts';
import type { CassetteStore } from '../../engine/ports/cassettes.ts';
import { createRedactor } from '../../engine/safety/redact.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { CassetteInvocation } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

interface Row extends CassetteCheck {
  readonly key: string;
}

/** `clctl cassette`: what is recorded, whether it can be replayed and shared, and the masking of what cannot. */
export async function manageCassettes(
  { task, folder, write, json }: CassetteInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const store = context.cassettes(placeOf(folder, context));
  const rows = await readAll(store, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  switch (task) {
    case 'list':
      context.output.stdout(json ? renderJson(rows.map(toJson)) : renderList(rows, context));
      return exitCodes.good;
    case 'verify': {
      const bad = rows.filter(({ problems }) => problems.length > 0);
      context.output.stdout(json ? renderJson(rows.map(toJson)) : renderProblems(rows, bad));
      return bad.length > 0 ? exitCodes.findings : exitCodes.good;
    }
    case 'redact':
      return redact(rows, { store, write, json }, context);
  }
}

/** The folder of the settings belongs to the user; the one of the workspace is looked at, never replayed, unasked. */
function placeOf(folder: string | undefined, { cwd, root, settings }: CommandContext): string {
  if (folder !== undefined) return isAbsolute(folder) ? folder : resolve(cwd, folder);
  return settings.replay.folder || join(root, '.codegen-lab', 'cassettes');
}

const redactor = createRedactor([]);

async function readAll(
  store: CassetteStore,
  { digest }: CommandContext,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const key of await store.list()) {
    if (signal.aborted) break;
    let text: string | undefined;
    try {
      text = await store.read(key);
    } catch {
      rows.push({ key, problems: ['Its file cannot be read.'] });
      continue;
    }
    if (text !== undefined) rows.push({ key, ...checkCassette(key, text, { digest, redact: redactor }) });
  }
  return rows;
}

function toJson({ key, cassette, problems }: Row): object {
  const { answeredBy, request } = cassette ?? {};
  return {
    key,
    provider: answeredBy?.provider ?? null,
    model: answeredBy?.model ?? null,
    date: answeredBy?.date ?? null,
    messages: request?.messages.length ?? null,
    problems,
  };
}

function renderList(rows: readonly Row[], { paints }: CommandContext): string {
  if (rows.length === 0) return 'Nothing is recorded here.\n';
  const cells = rows.map(({ key, cassette, problems }) => [
    key.slice(0, 12),
    cassette ? plainLine(`${cassette.answeredBy.provider}/${cassette.answeredBy.model}`) : '?',
    cassette?.answeredBy.date ?? '?',
    plainLine(problems.length > 0 ? 'has problems: see verify' : titleOf(cassette)),
  ]);
  return renderTable(['KEY', 'ANSWERED BY', 'DATE', 'ASKED'], cells, paints.stdout);
}

/** The first line of the question that says something. */
function titleOf(cassette: Row['cassette']): string {
  const width = 60;
  const lines = cassette?.request.messages[0]?.text ?? [];
  const line = lines.find((text) => /\w/.test(text)) ?? '';
  return line.length <= width ? line : `${line.slice(0, width)}…`;
}

function renderProblems(rows: readonly Row[], bad: readonly Row[]): string {
  const lines = bad.flatMap(({ key, problems }) =>
    problems.map((problem) => `${key.slice(0, 12)}: ${plainLine(problem)}\n`),
  );
  return `${lines.join('')}${rows.length} recorded, ${bad.length} with problems.\n`;
}

interface Redaction {
  readonly store: CassetteStore;
  readonly write: boolean;
  readonly json: boolean;
}

async function redact(
  rows: readonly Row[],
  { store, write, json }: Redaction,
  { output }: CommandContext,
): Promise<ExitCode> {
  const changed: string[] = [];
  for (const { key, cassette } of rows) {
    if (!cassette) continue;
    const masked = redactCassette(cassette, redactor);
    if (masked === renderCassette(cassette)) continue;
    changed.push(key);
    if (write) await store.write(key, masked);
  }
  if (json) output.stdout(renderJson({ changed, written: write }));
  else
    output.stdout(
      `${changed.map((key) => `${key.slice(0, 12)}\n`).join('')}${renderCount(changed.length, write)}`,
    );
  return changed.length > 0 && !write ? exitCodes.findings : exitCodes.good;
}

function renderCount(count: number, write: boolean): string {
  if (count === 0) return 'No recording holds what looks like a secret.\n';
  const noun = count === 1 ? '1 recording' : `${count} recordings`;
  return write ? `Masked secrets in ${noun}.\n` : `Would mask secrets in ${noun}. Add --write to do it.\n`;
}
