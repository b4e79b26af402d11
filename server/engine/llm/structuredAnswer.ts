import type { AnswerForm, ModelMessage } from '../ports/models.ts';
import { schemaProblem } from './schemaProblem.ts';

export interface StructuredQuestion {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly answer: AnswerForm;
}

/** Asks once, in this form; undefined: there is no answer. */
export type AskInForm = (question: StructuredQuestion) => Promise<string | undefined>;

/**
 * A JSON value of the form that was asked for. Some endpoints enforce a form and some are only told of it, so what comes is
 * read with patience and validated here; an answer that does not fit is sent back once, with what is wrong. undefined: no
 * answer, or none that fits.
 */
export async function askStructured(question: StructuredQuestion, ask: AskInForm): Promise<unknown> {
  const first = await ask(question);
  if (first === undefined) return undefined;
  const read = readAnswer(first, question.answer);
  if ('value' in read) return read.value;
  const second = await ask({
    ...question,
    messages: [
      ...question.messages,
      { role: 'assistant', text: first.trim() || '(nothing)' },
      {
        role: 'user',
        text: `This does not fit: ${read.problem}. Answer again with the JSON value alone, in the form that was asked for.`,
      },
    ],
  });
  if (second === undefined) return undefined;
  const repaired = readAnswer(second, question.answer);
  return 'value' in repaired ? repaired.value : undefined;
}

type Read = { readonly value: unknown } | { readonly problem: string };

function readAnswer(text: string, { schema }: AnswerForm): Read {
  const value = findJson(text);
  if (value === undefined) return { problem: 'there is no JSON value in it' };
  const problem = schemaProblem(value, schema);
  return problem === undefined ? { value } : { problem };
}

/** The whole text, what a fence holds, or what stands between the first bracket and the last. */
function findJson(text: string): unknown {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)```/i.exec(text)?.[1];
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const bare = start >= 0 && end > start ? text.slice(start, end + 1) : undefined;
  for (const candidate of [text, fenced, bare]) {
    const value = candidate === undefined ? undefined : parse(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON; another part of the text may be.
    return undefined;
  }
}
