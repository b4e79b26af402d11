import type { Action, Condition, Rule } from '../../rules/rule.ts';
import { code, plain } from '../hover/markdown.ts';
import { docOfAction } from '../ruleSchema.ts';

/** What a rule does, as lines of Markdown: each action with what it looks for and what it says. */
export function describeActions({ actions, body, form, abstract, on }: Rule): readonly string[] {
  const words = body.split(/\s+/).filter(Boolean).length;
  const text =
    form === 'file' && words > 0
      ? [`- Its text of ${words} ${words === 1 ? 'word' : 'words'} guides models.`]
      : [];
  const acting = actions.filter(({ remove }) => !remove);
  const nothing =
    acting.length === 0 && on.length > 0 && !abstract
      ? ['- It has no `actions`, so nothing happens on its events.']
      : [];
  return [...text, ...acting.flatMap(describeAction), ...nothing];
}

function describeAction(action: Action): readonly string[] {
  const { type, message, target, conditions, context } = action;
  const summary = docOfAction(type)?.summary ?? 'This action is not known, so it does nothing.';
  return [
    `- ${code(type)}: ${summary}`,
    ...(target === undefined ? [] : [`  - Target: ${code(target)}`]),
    ...(context.length === 0
      ? []
      : [`  - With it models read ${context.map((each) => code(each)).join(', ')}.`]),
    ...(message.trim() === '' ? [] : [`  - ${plain(shorten(message))}`]),
    ...conditions.map((condition) => `  - ${describeCondition(condition)}`),
  ];
}

/** Where the condition has something to say, and what. */
function describeCondition(condition: Condition): string {
  const { pattern, negativePattern, message, must, negated } = condition;
  const wanted = pattern ?? negativePattern ?? '';
  const isMissing = (pattern === undefined || must === 'present') !== negated;
  const isExcused = pattern !== undefined && negativePattern !== undefined;
  const excuse = isExcused ? `, and ${code(negativePattern)} is not in the same line` : '';
  const place = `Where ${code(wanted)} is ${isMissing ? 'missing' : 'found'} in ${places[condition.target]}${excuse}`;
  return message === undefined || message === '' ? `${place}.` : `${place}: ${plain(shorten(message))}`;
}

const places: Readonly<Record<Condition['target'], string>> = {
  content: 'the text',
  path: 'the path',
  changed: 'the changed lines',
};

function shorten(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** Characters; longer texts are read in the rule. */
const maxLength = 300;
