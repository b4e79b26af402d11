import { editFrontmatter } from '../editing/editFrontmatter.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.inherited-always`: the key in the file itself, with either value. */
export const writeAlways: FixFinder = ({ text }) =>
  [false, true].flatMap((value) => {
    const change = editFrontmatter(text, { kind: 'set', key: 'alwaysApply', value });
    if (change.kind === 'refused') return [];
    return [{ title: `Write \`alwaysApply: ${value}\``, isCertain: false, edits: change.edits }];
  });
