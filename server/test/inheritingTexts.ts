import assert from 'node:assert/strict';
import type { EffectiveRule } from '../engine/rules/inheritance/effectiveRule.ts';
import type { RuleCatalog } from '../engine/rules/ruleCatalog.ts';
import { createTextCatalog } from './textCatalog.ts';

/** Rules `a`, `b`, … of `.cursor/rules/` by frontmatter and body. */
export type Texts = Readonly<Record<string, string | readonly [frontmatter: string, body: string]>>;

export function open(texts: Texts): RuleCatalog {
  return createTextCatalog(
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        /[./:]/.test(name) ? name : `.cursor/rules/${name}.mdc`,
        typeof text === 'string' ? text : `---\n${text[0]}\n---\n${text[1]}`,
      ]),
    ),
  );
}

export function effectiveOf(texts: Texts, name = 'a'): EffectiveRule {
  const found = open(texts).effective(/[./:#]/.test(name) ? name : `.cursor/rules/${name}.mdc`);
  assert.ok(found, name);
  return found;
}
