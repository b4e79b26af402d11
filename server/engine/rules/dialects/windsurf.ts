import type { Dialect, DialectKeys, PortableRule } from './dialect.ts';
import { placeInFolder, placeNamed } from './dialectPaths.ts';
import type { DialectHeader } from './readHeader.ts';
import { atTheTop, loss, lostLabels, renderDialectFile, withoutExclusions } from './writeDialectFile.ts';
import { writeEach, type WrittenRule } from './writeRules.ts';

const maxLength = 12_000;

/**
 * Windsurf's `.windsurf/rules/*.md`, in any folder: `trigger` is `always_on`, `glob` with `globs` (one text with commas),
 * `model_decision` with `description`, or `manual`; a file has at most 12,000 characters. A file without `trigger` is manual.
 * `.windsurfrules` is one text that always applies. Sources: https://docs.windsurf.com/windsurf/cascade/memories.md (modes,
 * places, length), https://github.com/github/spec-kit/issues/1201 (no frontmatter is manual).
 */
export const windsurf: Dialect = {
  id: 'windsurf',
  label: 'Windsurf’s rules',
  keys: ['trigger', 'globs', 'description'],
  place: (path) =>
    placeNamed(path, '.windsurfrules', 'windsurfrules') ?? placeInFolder(path, '.windsurf/rules', /\.md$/),
  interpret: (header, place): DialectKeys => ({
    kind: place.hasFrontmatter ? kindOf(header) : 'always',
    globsKey: header.text('trigger') === 'glob' ? 'globs' : undefined,
    description: header.text('description'),
    label: undefined,
    lost: [],
  }),
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

function kindOf(header: DialectHeader): DialectKeys['kind'] {
  switch (header.text('trigger')) {
    case 'always_on':
      return 'always';
    case 'glob':
      return header.list('globs').length > 0 ? 'autoAttached' : 'manual';
    case 'model_decision':
      return header.text('description') === '' ? 'manual' : 'agentRequested';
    default:
      return 'manual';
  }
}

const triggers = {
  always: 'always_on',
  autoAttached: 'glob',
  agentRequested: 'model_decision',
  manual: 'manual',
} as const;

function writeRule(rule: PortableRule): WrittenRule {
  const { globs, losses } = withoutExclusions(rule);
  if (rule.kind === 'autoAttached' && globs.length === 0)
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  const text = renderDialectFile(
    [
      ['trigger', triggers[rule.kind]],
      ['description', rule.description === '' ? undefined : rule.description],
      ['globs', rule.kind === 'autoAttached' ? globs.join(', ') : undefined],
    ],
    rule.body,
  );
  const long =
    text.length > maxLength
      ? [loss(rule, `It has ${text.length} characters, and Windsurf reads ${maxLength} of them.`)]
      : [];
  const path = `.windsurf/rules/${rule.file}.md`;
  return {
    file: { path, text },
    losses: [...losses, ...long, ...lostLabels(rule, { description: true, label: false })],
  };
}
