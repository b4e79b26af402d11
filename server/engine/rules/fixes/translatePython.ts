import type { Filter, RuleDocument } from '../rule.ts';
import { flagsOf } from '../checks/pythonPattern.ts';
import { insertField } from './insertField.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder, RuleFix } from './ruleFix.ts';

/** `rule.python-pattern`: the same in JavaScript's notation. */
export const translatePython: FixFinder = (document, { span }) => {
  const { text } = document;
  const written = text.slice(span.start, span.end);
  if (written === '(?P<') return [replaceText('Write `(?<`', { span, newText: '(?<', isCertain: true })];
  if (written === '(?P=' || written === '(?#') return translateGroup(text, span.start);
  const filter = [document.file, ...document.blocks]
    .flatMap(({ filters }) => filters)
    .find((each) => each.span.start === span.start);
  return filter === undefined ? [] : moveFlags(document, filter, written);
};

function translateGroup(text: string, start: number): readonly RuleFix[] {
  const group = /^\(\?(?:P=(\w{1,100})|#[^()\n\r]{0,500})\)/.exec(text.slice(start, start + 600));
  if (group === null) return [];
  const span = { start, end: start + group[0].length };
  const [, name] = group;
  if (name === undefined) return [replaceText('Remove the comment', { span, newText: '', isCertain: true })];
  // In double quotes a backslash is doubled; which quotes are around it shows in the line before.
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const isDoubled = /:[ \t]*"[^"]*$/.test(line.replaceAll('\\"', ''));
  const newText = `${isDoubled ? '\\\\' : '\\'}k<${name}>`;
  return [replaceText(`Write \`\\k<${name}>\``, { span, newText, isCertain: true })];
}

/** Flags become an option of the filter, where it has no options yet and a field a line. */
function moveFlags({ text }: RuleDocument, { span, fields }: Filter, prefix: string): readonly RuleFix[] {
  const pattern = fields.get('pattern');
  if (pattern === undefined || fields.has('options')) return [];
  const flags = flagsOf(prefix);
  const option = insertField(text, pattern, { key: 'pattern', line: `options: { flags: ${flags} }` });
  if (option === undefined) return [];
  const removed = { span: { start: span.start, end: span.start + prefix.length }, newText: '' };
  return [{ title: `Write \`options: { flags: ${flags} }\``, isCertain: true, edits: [removed, option] }];
}
