import type { Rule } from '../rule.ts';
import { readRulePath } from '../rulePaths.ts';
import type { Loss, PortableRule } from './dialect.ts';
import { joinPath } from './dialectPaths.ts';
import { globsValue, renderDialectFile } from './writeDialectFile.ts';

/** What rules of other tools can say of one of ours, and what they cannot. `rule` is the effective one of a file. */
export function toPortable(rule: Rule): {
  readonly portable: PortableRule;
  readonly losses: readonly Loss[];
} {
  const own = readRulePath(rule.path).name;
  const globs = rule.globs.map(({ value }) => value);
  const portable: PortableRule = {
    file: fileOf(rule.path),
    label: rule.name === own ? undefined : rule.name,
    description: rule.description,
    kind: rule.kind,
    globs: rule.kind === 'autoAttached' ? globs : [],
    scope: rule.scope,
    body: rule.body,
  };
  const messages = [...lostValues(rule)];
  if (rule.kind !== 'autoAttached' && globs.length > 0)
    messages.push('Its globs are lost: it applies always, and they only limit when it fires.');
  return { portable, losses: messages.map((message) => ({ rule: rule.path, message })) };
}

/** The path below `.cursor/rules`, else the file's own name. */
function fileOf(path: string): string {
  const { name } = readRulePath(path);
  const below = /(?:^|\/)\.cursor\/rules\/(.+)$/.exec(path)?.[1];
  const file = below?.replace(/\.mdc(?:\.md)?$|\/RULE\.md$/, '');
  return file === undefined || file === '' ? name.replace(/^\./, '') : file;
}

/** Only the engine of this product acts on these. */
function lostValues(rule: Rule): readonly string[] {
  const lost: readonly (readonly [key: string, isWritten: boolean])[] = [
    ['on', rule.on.length > 0],
    ['filters', rule.filters.length > 0],
    ['actions', rule.actions.length > 0],
    ['priority', rule.priority !== 0],
    ['model', rule.model !== undefined],
    ['budget', Object.keys(rule.budget).length > 0],
    ['approval', rule.approval !== undefined],
    ['version', rule.version !== undefined],
    ['metadata', Object.keys(rule.metadata).length > 0],
  ];
  const keys = lost.filter(([, isWritten]) => isWritten).map(([key]) => `\`${key}\``);
  if (keys.length === 0) return [];
  return [`${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} lost: only its text guides there.`];
}

/** A rule file of ours. */
export function renderPortable(rule: PortableRule): { readonly path: string; readonly text: string } {
  const { kind, description, globs, label, body } = rule;
  const text = renderDialectFile(
    [
      ['name', label],
      ['description', description === '' || kind === 'manual' ? undefined : description],
      ['globs', kind === 'autoAttached' ? globsValue(globs) : undefined],
      ['alwaysApply', kind === 'always'],
    ],
    body,
  );
  return { path: joinPath(rule.scope, `.cursor/rules/${rule.file}.mdc`), text };
}
