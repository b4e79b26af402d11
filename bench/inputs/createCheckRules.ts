import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What teams look for: words that are to go, calls, empty blocks, long numbers. Every search tool takes these patterns. */
const shapes: readonly ((number: number) => string)[] = [
  (number) => `\\b(?:TODO|FIXME)${number}\\b`,
  (number) => `console\\.log${number}\\(`,
  (number) => `catch\\s*\\(\\w*\\)\\s*\\{\\s*\\}${number}`,
  (number) => `\\bvar\\s+\\w+${number}\\s*=`,
  (number) => `\\bentry${number}\\s*=\\s*value\\(99[0-9]\\)`,
  (number) => `^import .*legacy${number}`,
  (number) => `password${number}\\s*[:=]\\s*['"][^'"]+['"]`,
  (number) => `\\w+\\.innerHTML${number}\\s*=`,
];

/** Writes so many rules with one pattern each about all TypeScript files, and returns the patterns. */
export function createCheckRules(root: string, count: number): readonly string[] {
  const folder = join(root, '.cursor/rules/checks');
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const shape = shapes[index % shapes.length];
    const pattern = shape?.(index % 40) ?? '';
    const lines = [
      ...['---', 'globs: "**/*"', 'actions:', '  - type: validate', `    message: Found ${index}.`],
      ...['    conditions:', `      - pattern: ${JSON.stringify(pattern)}`, '---', ''],
    ];
    writeFileSync(join(folder, `check${index}.mdc`), lines.join('\n'));
    return pattern;
  });
}
