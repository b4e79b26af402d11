import type { Dialect, PortableRule } from './dialect.ts';
import { placeInFolder, placeNamed } from './dialectPaths.ts';
import { atTheTop, loss, lostLabels, renderDialectFile, withoutExclusions } from './writeDialectFile.ts';
import { writeEach, type WrittenRule } from './writeRules.ts';

/**
 * `.clinerules`: one file of text, or a folder of `.md` and `.txt` files. With `paths`, a list of globs, a rule is about
 * those files; an empty list never applies; without the key it always does. Sources:
 * https://docs.cline.bot/features/cline-rules/overview and .../conditional-rules.
 */
export const cline: Dialect = {
  id: 'cline',
  label: '.clinerules',
  keys: ['paths', 'description'],
  place: (path) =>
    placeNamed(path, '.clinerules', 'clinerules') ?? placeInFolder(path, '.clinerules', /\.(?:md|txt)$/),
  interpret: (header) => {
    const isScoped = header.list('paths').length > 0;
    const scoped = isScoped ? 'autoAttached' : 'manual';
    return {
      kind: header.has('paths') ? scoped : 'always',
      globsKey: 'paths',
      description: header.text('description'),
      label: undefined,
      lost: [],
    };
  },
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

function writeRule(rule: PortableRule): WrittenRule {
  if (rule.kind === 'agentRequested') {
    return {
      losses: [loss(rule, 'It is not written: no agent asks for rules there, and it would always apply.')],
    };
  }
  const { globs, losses } = withoutExclusions(rule);
  if (rule.kind === 'autoAttached' && globs.length === 0)
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  const paths = rule.kind === 'always' ? undefined : rule.kind === 'manual' ? [] : globs;
  const text = renderDialectFile(
    [
      ['description', rule.description === '' ? undefined : rule.description],
      ['paths', paths],
    ],
    rule.body,
  );
  const labels = lostLabels(rule, { description: true, label: false });
  return { file: { path: `.clinerules/${rule.file}.md`, text }, losses: [...losses, ...labels] };
}
