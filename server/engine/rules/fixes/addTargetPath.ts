import type { RuleDocument } from '../rule.ts';
import { insertField } from './insertField.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.path-pattern`: says what the pattern is tested on. */
export const addTargetPath: FixFinder = (document, { span }) => {
  const condition = conditionAt(document, span.start);
  const pattern = condition?.fields.get('pattern');
  if (condition === undefined || pattern === undefined || condition.fields.has('target')) return [];
  const edit = insertField(document.text, pattern, { key: 'pattern', line: 'target: path' });
  return edit === undefined ? [] : [{ title: 'Write `target: path`', isCertain: true, edits: [edit] }];
};

function conditionAt({ file, blocks }: RuleDocument, offset: number) {
  return [file, ...blocks]
    .flatMap(({ actions }) => actions.flatMap(({ conditions }) => conditions))
    .find((condition) => condition.span.start === offset);
}
