import type { ProposalAssessment } from '../../protocol/assessment.ts';
import { mutationSentence } from '../../protocol/mutants.ts';
import type {
  ActionFinished,
  FiringReason,
  MaskedSecret,
  RunEvent,
  TestFinished,
  TestPhase,
} from '../../protocol/runEvents.ts';
import { countTests } from '../../protocol/tests.ts';
import type { TimelineEntry } from '../../protocol/viewState.ts';
import { renderCandidates } from './renderCandidates.ts';
import { renderModel } from './renderModel.ts';

type Line = Omit<TimelineEntry, 'at'>;

const phaseNames: Readonly<Record<TestPhase, string>> = {
  baseline: 'Tests before',
  proof: 'Tests with the edit',
  inPlace: 'Tests in place',
  user: 'Tests',
};

/** One event as a line for people; undefined for a step that needs no line of its own. */
export function timelineEntry(event: RunEvent): TimelineEntry | undefined {
  const line = lineOf(event);
  return line && { at: event.at, ...line };
}

/** The first thing that decided, with its place as people count. */
function whyOf(decision: FiringReason | undefined): string {
  if (decision === undefined) return '';
  const { reason, place } = decision;
  const at = place === undefined ? '' : ` (${place.path}:${place.line + 1}:${place.character + 1})`;
  return `: ${reason}${at}`;
}

/** Goes on after who was asked. */
function renderMasked(masked: readonly MaskedSecret[]): string {
  if (masked.length === 0) return '';
  const count = masked.length === 1 ? '1 secret was' : `${masked.length} secrets were`;
  const places = masked.map(({ kind, place }) => `${kind} in ${place}`).join(', ');
  return `\n${count} masked in what was sent: ${places}`;
}

function lineOf(event: RunEvent): Line | undefined {
  switch (event.type) {
    case 'run.started':
      if (event.cause.resumes !== undefined)
        return neutral(`Rule ${event.rule} goes on`, `after run ${event.cause.resumes} was cut short`);
      if (event.cause.undoes !== undefined) return neutral('Undo', `of run ${event.cause.undoes}, by hand`);
      return neutral(
        event.rule ? `Rule ${event.rule} fired` : 'Started',
        event.cause.event === 'manual'
          ? `by hand, for ${event.file}`
          : `${event.cause.event} of ${event.file}${whyOf(event.cause.decision)}`,
      );
    case 'run.waiting':
      // The line above has told what there is to decide.
      return {
        label: 'Waiting',
        detail: event.on === 'decision' ? 'for your review' : event.message,
        tone: 'waiting',
      };
    case 'scratch.ready':
      return neutral('Copied the workspace', `${event.files} files`);
    case 'prompt.built':
      return neutral('Prompt built', `about ${event.estimatedTokens} tokens in ${event.parts.length} parts`);
    case 'model.asked':
      return neutral(
        'Asked the model',
        `${renderModel(event.provider, event.model)}, attempt ${event.attempt}${renderMasked(event.masked ?? [])}`,
      );
    case 'model.answered':
      return event.cached
        ? neutral('Model answered', 'kept from the same request, nobody was asked')
        : neutral(
            'Model answered',
            `${event.usage.input} tokens in, ${event.usage.output} out, ${renderCost(event.cost)}`,
          );
    case 'model.failed':
      // Of several models that are asked at once, the others are stopped when one has answered.
      return event.code === 'model.cancelled'
        ? neutral('Model stopped', renderModel(event.provider ?? '', event.model ?? ''))
        : bad('Model failed', event.message);
    case 'edit.proposed':
      return neutral(
        'Edit read',
        event.files.map((file) => `${file.path} +${file.added} -${file.removed}`).join(', '),
      );
    case 'edit.refused':
      return bad(`Refused by ${event.gate}`, event.path ? `${event.path}: ${event.reason}` : event.reason);
    case 'gate.checked':
      return event.outcome === 'notChecked' ? neutral(`${event.gate} not checked`, event.note) : undefined;
    case 'candidates.started':
      return neutral('Judging new tests', `${event.candidates} in ${event.path}`);
    case 'candidates.judged': {
      const line = event.report.kept.length > 0 ? good : bad;
      return line('New tests judged', renderCandidates(event.report).join('\n'));
    }
    case 'action.started': {
      const again = event.attempt > 1 ? `, try ${event.attempt}` : '';
      return neutral(
        `Action ${event.action} started${again}`,
        event.command === '' ? event.kind : event.command,
      );
    }
    case 'action.finished':
      return actionLine(event);
    case 'test.started':
      return neutral(`${phaseNames[event.phase]} started`, event.command);
    case 'test.finished':
      return testLine(event);
    case 'mutants.tested':
      return neutral('Mutants tried', mutationSentence(event.path, event.score));
    case 'proposal.ready':
      return good('Proven', event.summary);
    case 'proposal.assessed':
      return assessedLine(event);
    case 'proposal.narrowed':
      return neutral(
        'Parts chosen',
        event.parts.map(({ path, of, hunks }) => `${path} ${hunks.length} of ${of}`).join(', '),
      );
    case 'proposal.accepted':
      return good('Accepted', event.by === 'person' ? 'by you' : 'by policy');
    case 'proposal.rejected':
      return neutral('Rejected', event.reason);
    case 'undo.planned':
      return neutral(
        'Undoing',
        [
          event.files.map(({ path }) => path).join(', '),
          ...event.left.map(({ path }) => `${path} stays as it is`),
        ].join('; '),
      );
    case 'edit.landed':
      return good('Landed', event.paths.join(', '));
    case 'edit.notLanded':
      return bad('Not landed', event.message);
    case 'run.finished':
      return { label: 'Finished', detail: event.message, tone: isGood(event.outcome) ? 'good' : 'bad' };
  }
}

function assessedLine({ scans, findings, held }: ProposalAssessment): Line {
  const said = [
    ...held.map((reason) => `needs your word: ${reason}`),
    ...scans.map(({ scanner, message }) => `${scanner}: ${message}`),
  ];
  const isBad = held.length > 0 || findings.some(({ severity }) => severity === 'error');
  return { label: 'Looked at', detail: said.join('\n'), tone: isBad ? 'bad' : 'neutral' };
}

function actionLine({ action, result, message, findings = [] }: ActionFinished): Line {
  const label = `Action ${action}`;
  const found =
    findings.length === 0 ? '' : ` ${findings.length} problem${findings.length === 1 ? '' : 's'} read.`;
  if (result === 'skipped' || result === 'cancelled') return neutral(label, message);
  return result === 'succeeded' ? good(label, message + found) : bad(label, message + found);
}

function testLine(event: TestFinished): Line {
  const label = phaseNames[event.phase];
  const { outcome } = event;
  if (outcome.kind === 'cancelled') return neutral(label, 'cancelled');
  if (outcome.kind !== 'finished') return bad(label, outcome.message);
  const counts = countTests(outcome.tests);
  const detail = `${counts.passed} passed, ${counts.failed} failed`;
  return counts.failed > 0 ? bad(label, detail) : good(label, detail);
}

/** `$0.0123`, or `unknown cost`. */
function renderCost(cost: number | 'unknown'): string {
  return cost === 'unknown' ? 'unknown cost' : `$${cost.toFixed(4)}`;
}

function isGood(outcome: string): boolean {
  return outcome === 'landed' || outcome === 'proposed' || outcome === 'unchanged';
}

function neutral(label: string, detail: string): Line {
  return { label, detail, tone: 'neutral' };
}

function good(label: string, detail: string): Line {
  return { label, detail, tone: 'good' };
}

function bad(label: string, detail: string): Line {
  return { label, detail, tone: 'bad' };
}
