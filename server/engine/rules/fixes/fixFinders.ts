import { addTargetPath } from './addTargetPath.ts';
import { closeBlock } from './closeBlock.ts';
import { closeFrontmatter } from './closeFrontmatter.ts';
import { closeGlob } from './closeGlob.ts';
import { dropFolderFromGlob } from './dropFolderFromGlob.ts';
import { keepOneOfAlwaysAndGlobs } from './keepOneOfAlwaysAndGlobs.ts';
import { mergeFrontmatter } from './mergeFrontmatter.ts';
import { nearestKnownWord } from './nearestKnownWord.ts';
import { nameCanonically } from './nameCanonically.ts';
import { plainFence } from './plainFence.ts';
import { removeBlankStart } from './removeBlankStart.ts';
import { removeField } from './removeField.ts';
import { removeGlob } from './removeGlob.ts';
import { removeHidden } from './removeHidden.ts';
import { removeRepeatedKey } from './removeRepeatedKey.ts';
import { removeSuppression } from './removeSuppression.ts';
import { saveInsteadOfChange } from './saveInsteadOfChange.ts';
import { translatePython } from './translatePython.ts';
import { widenBareGlob } from './widenBareGlob.ts';
import { writeAlways } from './writeAlways.ts';
import { writeAsRead } from './writeAsRead.ts';
import { writePlainValue } from './writePlainValue.ts';
import { writeVersion } from './writeVersion.ts';
import type { FixFinder } from './ruleFix.ts';

/** The fixes of each code; a code that is missing has none. */
export const fixFinders: ReadonlyMap<string, FixFinder> = new Map<string, FixFinder>([
  ['rule.unclosed-frontmatter', closeFrontmatter],
  ['rule.foreign-frontmatter', plainFence],
  ['rule.late-frontmatter', removeBlankStart],
  ['rule.second-frontmatter', mergeFrontmatter],
  ['rule.unknown-key', nearestKnownWord],
  ['rule.unknown-event', nearestKnownWord],
  ['rule.unknown-filter', nearestKnownWord],
  ['rule.unknown-action', nearestKnownWord],
  ['rule.unknown-suppression', nearestKnownWord],
  ['rule.missing-parent', nearestKnownWord],
  ['rule.missing-include', nearestKnownWord],
  ['rule.missing-file', nearestKnownWord],
  ['rule.inherited-always', writeAlways],
  ['rule.wrong-type', writePlainValue],
  ['rule.bad-yaml', writeAsRead],
  ['rule.bad-glob', closeGlob],
  ['rule.bare-glob', widenBareGlob],
  ['rule.glob-repeats-folder', dropFolderFromGlob],
  ['rule.shadowed-glob', removeGlob],
  ['rule.look-alike-characters', nameCanonically],
  ['rule.other-spelling', nameCanonically],
  ['rule.unknown-value', nameCanonically],
  ['rule.unknown-variable', nearestKnownWord],
  ['rule.unknown-role', nearestKnownWord],
  ['rule.python-pattern', translatePython],
  ['rule.unused-field', removeField],
  ['rule.unused-id', removeField],
  ['rule.duplicate-key', removeRepeatedKey],
  ['rule.always-and-globs', keepOneOfAlwaysAndGlobs],
  ['rule.bad-version', writeVersion],
  ['rule.path-pattern', addTargetPath],
  ['rule.hidden-characters', removeHidden],
  ['rule.command-on-change', saveInsteadOfChange],
  ['rule.unclosed-block', closeBlock],
  ['rule.unused-suppression', removeSuppression],
]);
