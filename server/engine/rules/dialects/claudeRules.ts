import type { Dialect, PortableRule } from './dialect.ts';
import { placeInFolder } from './dialectPaths.ts';
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
 * `.claude/rules/**`: Markdown files, below folders too. With `paths`, a glob or a list of globs, a rule is about those
 * files; without it, it always applies. There is no other key; braces in globs are read. Source:
 * https://code.claude.com/docs/en/memory#organize-rules-with-claude-rules, as described at
 * https://smithery.ai/skills/pr-pm/creating-claude-rules; that `globs` is read in its place:
 * https://github.com/anthropics/claude-code/issues/17204.
 */
export const claudeRules: Dialect = {
  id: 'claude-rules',
  label: '.claude/rules',
  keys: ['paths', 'globs', 'description'],
  place: (path) => placeInFolder(path, '.claude/rules', /\.md$/),
  interpret: (header) => {
    const globsKey = ['paths', 'globs'].find((key) => header.has(key));
    const isScoped = globsKey !== undefined && header.list(globsKey).length > 0;
    const description = header.text('description');
    return { kind: isScoped ? 'autoAttached' : 'always', globsKey, description, label: undefined, lost: [] };
  },
  write: (rules) => writeEach(rules.map(atTheTop), writeRule),
};

function writeRule(rule: PortableRule): WrittenRule {
  if (rule.kind === 'agentRequested' || rule.kind === 'manual') {
    const message = 'It is not written: without `paths` a rule there always applies.';
    return { losses: [loss(rule, message)] };
  }
  const { globs, losses } = withoutExclusions(rule);
  if (rule.kind === 'autoAttached' && globs.length === 0) {
    return { losses: [loss(rule, 'It is not written: its globs only exclude.')] };
  }
  const paths = rule.kind === 'autoAttached' ? globsValue(globs) : undefined;
  const description = rule.description === '' ? undefined : rule.description;
  const path = `.claude/rules/${rule.file}.md`;
  const text = renderDialectFile(
    [
      ['description', description],
      ['paths', paths],
    ],
    rule.body,
  );
  return {
    file: { path, text },
    losses: [...losses, ...lostLabels(rule, { description: true, label: false })],
  };
}
