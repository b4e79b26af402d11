import type { Dialect, PortableRule } from './dialect.ts';
import { placeInFolder, placeNamed } from './dialectPaths.ts';
import { atTheTop, loss, lostLabels, renderDialectFile, withoutExclusions } from './writeDialectFile.ts';
import { writeEach, type WrittenRule } from './writeRules.ts';

const everything: ReadonlySet<string> = new Set(['**', '**/*', '*']);

/**
 * `.github/copilot-instructions.md` (always, no keys) and `.github/instructions/**\/NAME.instructions.md` with `applyTo`:
 * globs in one text with commas, from the top of the repository; `**` is every file. Without `applyTo` a file is not
 * applied by itself: it is attached by hand, or asked for by its `description`. Sources:
 * https://docs.github.com/en/copilot/how-tos/configure-custom-instructions-in-your-ide/add-repository-instructions-in-your-ide
 * and https://code.visualstudio.com/docs/copilot/customization/custom-instructions (`name`, `description`, `applyTo`).
 */
export const copilot: Dialect = {
  id: 'copilot',
  label: 'Copilot’s instructions',
  keys: ['name', 'description', 'applyTo', 'excludeAgent'],
  place: (path) =>
    placeNamed(path, '.github/copilot-instructions.md', 'copilot-instructions') ??
    placeInFolder(path, '.github/instructions', /\.instructions\.md$/),
  interpret: (header, place) => {
    const globs = header.list('applyTo').map(({ value }) => value);
    const description = header.text('description');
    const label = header.text('name') || undefined;
    const isAlways = !place.hasFrontmatter || globs.some((glob) => everything.has(glob));
    const byItself = isAlways ? 'always' : 'autoAttached';
    const asked = description === '' ? 'manual' : 'agentRequested';
    const kind = isAlways || globs.length > 0 ? byItself : asked;
    const lost = header.has('excludeAgent') ? ['`excludeAgent` is lost: the rule is for every agent.'] : [];
    return { kind, globsKey: isAlways ? undefined : 'applyTo', description, label, lost };
  },
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

function writeRule(rule: PortableRule): WrittenRule {
  const { kind, description, label, body } = rule;
  const isPlain = kind === 'always' && rule.file === 'copilot-instructions';
  if (isPlain) {
    const losses = lostLabels(rule, { description: false, label: false });
    return { file: { path: '.github/copilot-instructions.md', text: body }, losses };
  }
  const { globs, losses } = withoutExclusions(rule);
  if (kind === 'autoAttached' && globs.length === 0)
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  const isHidden = kind === 'manual' && description !== '';
  const text = renderDialectFile(
    [
      ['name', label],
      ['description', description === '' || isHidden ? undefined : description],
      ['applyTo', kind === 'always' ? '**' : kind === 'autoAttached' ? globs.join(', ') : undefined],
    ],
    body,
  );
  const path = `.github/instructions/${rule.file}.instructions.md`;
  const hidden = isHidden
    ? [loss(rule, 'Its description is lost: with one, an agent would ask for it.')]
    : [];
  return { file: { path, text }, losses: [...losses, ...hidden] };
}
