import type { Dialect, DialectKeys, PortableRule } from './dialect.ts';
import { placeInFolder } from './dialectPaths.ts';
import type { DialectHeader } from './readHeader.ts';
import { atTheTop, globsValue, loss, renderDialectFile, withoutExclusions } from './writeDialectFile.ts';
import { writeEach, type WrittenRule } from './writeRules.ts';

/**
 * Continue's `.continue/rules/**\/*.md`: `name`, `description`, `globs` (a text or a list), `regex` on the content of files,
 * `alwaysApply`. True: always. False: by its globs, or when the agent asks by the description. Missing: by its globs, else
 * always. Sources: packages/config-yaml/src/markdown/markdownToRule.ts of https://github.com/continuedev/continue for the
 * keys, https://docs.continue.dev/customize/deep-dives/rules for what `alwaysApply` and `regex` do.
 */
export const continueRules: Dialect = {
  id: 'continue',
  label: 'Continue’s rules',
  keys: ['name', 'description', 'globs', 'regex', 'alwaysApply'],
  place: (path) => placeInFolder(path, '.continue/rules', /\.md$/),
  interpret: (header): DialectKeys => ({
    kind: kindOf(header),
    globsKey: header.text('alwaysApply').toLowerCase() === 'true' ? undefined : 'globs',
    description: header.text('description'),
    label: header.text('name') || undefined,
    lost: header.has('regex')
      ? ['`regex` is lost: whether a rule guides does not depend on the content of a file.']
      : [],
  }),
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

function kindOf(header: DialectHeader): DialectKeys['kind'] {
  const word = header.text('alwaysApply').toLowerCase();
  if (word === 'true') return 'always';
  if (header.list('globs').length > 0) return 'autoAttached';
  // Without its pattern it would be about every file.
  if (header.has('regex')) return 'manual';
  if (word !== 'false') return 'always';
  return header.text('description') === '' ? 'manual' : 'agentRequested';
}

function writeRule(rule: PortableRule): WrittenRule {
  const { globs, losses } = withoutExclusions(rule);
  if (rule.kind === 'autoAttached' && globs.length === 0)
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  const isHidden = rule.kind === 'manual' && rule.description !== '';
  const text = renderDialectFile(
    [
      ['name', rule.label ?? rule.file.split('/').at(-1)],
      ['description', rule.description === '' || isHidden ? undefined : rule.description],
      ['globs', rule.kind === 'autoAttached' ? globsValue(globs) : undefined],
      ['alwaysApply', rule.kind === 'always'],
    ],
    rule.body,
  );
  const hidden = isHidden
    ? [loss(rule, 'Its description is lost: with one, the agent would ask for it.')]
    : [];
  return { file: { path: `.continue/rules/${rule.file}.md`, text }, losses: [...losses, ...hidden] };
}
