import type { Filter, RuleProblem } from '../rule.ts';
import { languageIds } from '../vocabulary/languageIds.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.unknown-value`: a filter for a word that never comes: a language that no editor has, a state that no test has. */
export const unknownValue: RuleCheck = ({ rule }) => rule.filters.flatMap(checkOne);

const testStates = ['red', 'green', 'none'];

function checkOne({ type, pattern, span }: Filter): readonly RuleProblem[] {
  const word = pattern.trim();
  if (type === 'tests' && !testStates.includes(word)) {
    const message = `\`${word}\` is no state of tests: write red, green or none.`;
    return [report(message, span, nearestWord(word, testStates))];
  }
  if (type !== 'language' || languageIds.includes(word) || !/^[\w#+-]+$/.test(word)) return [];
  const near =
    otherLanguageNames.get(word.toLowerCase()) ?? languageIds.find((id) => id === word.toLowerCase());
  return near === undefined ? [] : [report(`Editors call this language \`${near}\`.`, span, near)];
}

function report(message: string, span: Filter['span'], near: string | undefined): RuleProblem {
  return {
    code: 'rule.unknown-value',
    severity: 'warning',
    message,
    span,
    ...(near === undefined ? {} : { data: { near } }),
  };
}

const otherLanguageNames: ReadonlyMap<string, string> = new Map([
  ...([
    ['js', 'javascript'],
    ['ts', 'typescript'],
    ['py', 'python'],
    ['rb', 'ruby'],
    ['rs', 'rust'],
    ['golang', 'go'],
  ] as const),
  ...([
    ['c++', 'cpp'],
    ['c#', 'csharp'],
    ['jsx', 'javascriptreact'],
    ['tsx', 'typescriptreact'],
    ['md', 'markdown'],
  ] as const),
  ...([
    ['yml', 'yaml'],
    ['sh', 'shellscript'],
    ['bash', 'shellscript'],
    ['shell', 'shellscript'],
  ] as const),
]);
