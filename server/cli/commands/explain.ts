import { createLineMap } from '../../engine/documents/lineMap.ts';
import { isCheckAction } from '../../engine/rules/modelActions.ts';
import type { Action } from '../../engine/rules/rule.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import type { EventExplanation } from '../../engine/triggers/explain/explainEvent.ts';
import type { RulePlace } from '../../engine/triggers/explain/explanation.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ExplainInvocation } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';

type Question = Extract<ExplainInvocation['about'], { readonly kind: 'event' }>;

/** `codegen-lab explain FILE`: what every rule would do on an event of the file, and why. Nothing fires. */
export async function explain(
  { about, json }: { readonly about: Question; readonly json: boolean },
  path: string,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  const event = { root, path, name: about.event, origin: about.origin, depth: 0 } as const;
  const explanations = (await engine.ruleQueries(root)?.explainEvent(event, signal)) ?? [];
  if (signal.aborted) return exitCodes.cancelled;
  const locate = createLocator(engine.ruleCatalog(root, 'saved'));
  const rules = explanations.map((each) => toRow(each, locate));
  const question = { event: about.event, origin: about.origin, file: path };
  output.stdout(json ? renderJson({ ...question, rules }) : renderRows(rules, question, context));
  return exitCodes.good;
}

/** Line and column count from 1. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly does: 'fires' | 'checks' | 'asks' | 'nothing';
  readonly reason: string;
  readonly change: string | null;
  readonly place: Place | null;
}

function createLocator(catalog: RuleCatalog | undefined): (place: RulePlace | undefined) => Place | null {
  return (place) => {
    const text = place && catalog?.document(place.path)?.text;
    if (place === undefined || text === undefined) return null;
    const { line, character } = createLineMap(text).positionAt(place.span.start);
    return { path: place.path, line: line + 1, column: character + 1 };
  };
}

function toRow({ rule, actions, fires }: EventExplanation, locate: ReturnType<typeof createLocator>): Row {
  const { id, name, path } = rule;
  const { reason, change = null, by } = fires;
  return { id, name, path, does: verdictOf(fires.applies, actions), reason, change, place: locate(by) };
}

function verdictOf(
  applies: EventExplanation['fires']['applies'],
  actions: EventExplanation['actions'],
): Row['does'] {
  const isCheck = ({ type }: Action): boolean => isCheckAction(type);
  if (applies === 'onRequest') return 'asks';
  if (applies === 'no') return actions.some(isCheck) ? 'checks' : 'nothing';
  return actions.every(isCheck) ? 'checks' : 'fires';
}

const verdictWidth = 'nothing'.length + 2;

function renderRows(
  rows: readonly Row[],
  { event, file }: { readonly event: string; readonly file: string },
  context: CommandContext,
): string {
  const paint = context.paints.stdout;
  const showPath = pathShower(context);
  if (rows.length === 0) return 'There are no rules here; rules lie in .cursor/rules/*.mdc.\n';
  const margin = ' '.repeat(verdictWidth);
  const entries = rows.map(({ name, path, does, reason, change, place }) => {
    const at = place === null ? showPath(path) : `${showPath(place.path)}:${place.line}:${place.column}`;
    const verdict = (does === 'nothing' ? paint.dim : paint.green)(does.padEnd(verdictWidth));
    const advice = change === null ? '' : `${margin}${paint.dim('→')} ${plainLine(change)}\n`;
    const head = `${verdict}${paint.bold(plainLine(name))} ${paint.dim(plainLine(at))}\n`;
    return `${head}${margin}${plainLine(reason)}\n${advice}`;
  });
  const acting = rows.filter(({ does }) => does !== 'nothing').length;
  const title = `On ${event} of ${plainLine(showPath(file))}:\n\n`;
  return `${title}${entries.join('')}\n${acting} of ${rows.length} ${rows.length === 1 ? 'rule acts' : 'rules act'}\n`;
}
