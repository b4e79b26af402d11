import { askModel } from '../llm/askModel.ts';
import type { ModelMessage } from '../ports/models.ts';
import { cancelled, failed, refused, type RunEnd, type RunScope } from './runScope.ts';

export interface Question {
  readonly attempt: number;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
}

/** Enough for a whole test file with remarks; the price of the worst case is reserved before the call. */
const maxOutputTokens = 8_000;
/** A model on the person's own machine may take minutes; the run's seconds bind all the same. */
const callTimeoutMs = 300_000;

/** Asks the chosen model once and journals what came of it. */
export async function askForEdit(
  scope: RunScope,
  question: Question,
): Promise<{ readonly text: string } | RunEnd> {
  const { deps, settings, meter, recorder, signal } = scope;
  const target = { provider: settings.ai.provider, model: settings.ai.model };
  await recorder.record({ type: 'model.asked', attempt: question.attempt, ...target });
  const outcome = await askModel({
    models: deps.models,
    target,
    request: {
      system: question.system,
      messages: question.messages,
      maxOutputTokens,
      timeoutMs: callTimeoutMs,
    },
    budget: meter,
    clock: deps.clock,
    random: deps.random,
    signal,
  });
  const { attempt } = question;
  switch (outcome.kind) {
    case 'answered': {
      const { text, usage, cost, firstTokenMs, ms, tries, provider, model, recordedFrom } = outcome;
      await recorder.record({
        type: 'model.answered',
        attempt,
        provider,
        model: recordedFrom ?? model,
        text,
        usage,
        cost,
        firstTokenMs,
        ms,
        tries,
      });
      return { text };
    }
    case 'failed': {
      const { code, message, usage, cost } = outcome;
      await recorder.record({
        type: 'model.failed',
        attempt,
        code,
        message,
        ...(usage ? { usage } : {}),
        ...(cost === undefined ? {} : { cost }),
      });
      return failed(code, message);
    }
    case 'refused':
      return refused(outcome.code, outcome.message);
    case 'cancelled':
      return cancelled;
  }
}
