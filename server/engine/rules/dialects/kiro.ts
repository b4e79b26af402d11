import type { Dialect, DialectKeys, PortableRule } from './dialect.ts';
import { placeInFolder } from './dialectPaths.ts';
import type { DialectHeader } from './readHeader.ts';
import {
  atTheTop,
  globsValue,
  loss,
  lostLabels,
  renderDialectFile,
  withoutExclusions,
} from './writeDialectFile.ts';
import { writeEach, type WrittenRule } from './writeRules.ts';

/**
 * Kiro's `.kiro/steering/**\/*.md`: `inclusion` is `always` (also where it is missing), `fileMatch` with `fileMatchPattern` (a
 * text or a list of globs), `auto` (asked for by `name` and `description`) or `manual`. Sources: https://kiro.dev/docs/steering,
 * https://github.com/kirodotdev/Kiro/issues/9176 (the four modes), https://kiro-docs.pages.dev/docs/steering (the keys).
 */
export const kiro: Dialect = {
  id: 'kiro',
  label: 'Kiro’s steering files',
  keys: ['inclusion', 'fileMatchPattern', 'name', 'description'],
  place: (path) => placeInFolder(path, '.kiro/steering', /\.md$/),
  interpret: (header): DialectKeys => {
    const kind = kindOf(header);
    const name = header.text('name');
    return {
      kind,
      globsKey: kind === 'autoAttached' ? 'fileMatchPattern' : undefined,
      description: header.text('description'),
      label: name === '' ? undefined : name,
      lost: [],
    };
  },
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

/** A mode that nobody knows, or one whose pattern is missing, never makes a rule global. */
function kindOf(header: DialectHeader): DialectKeys['kind'] {
  switch (header.text('inclusion').toLowerCase()) {
    case '':
    case 'always':
      return 'always';
    case 'filematch':
      return header.list('fileMatchPattern').length > 0 ? 'autoAttached' : 'manual';
    case 'auto':
      return header.text('description') === '' ? 'manual' : 'agentRequested';
    default:
      return 'manual';
  }
}

const modes = {
  always: 'always',
  autoAttached: 'fileMatch',
  agentRequested: 'auto',
  manual: 'manual',
} as const;

function writeRule(rule: PortableRule): WrittenRule {
  const { globs, losses } = withoutExclusions(rule);
  if (rule.kind === 'autoAttached' && globs.length === 0)
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  const isAsked = rule.kind === 'agentRequested';
  const name = rule.label ?? (isAsked ? rule.file.split('/').at(-1) : undefined);
  const text = renderDialectFile(
    [
      ['inclusion', modes[rule.kind]],
      ['name', name],
      ['description', rule.description === '' ? undefined : rule.description],
      ['fileMatchPattern', rule.kind === 'autoAttached' ? globsValue(globs) : undefined],
    ],
    rule.body,
  );
  const labels = lostLabels(rule, { description: true, label: true });
  return { file: { path: `.kiro/steering/${rule.file}.md`, text }, losses: [...losses, ...labels] };
}
