import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createGlobbedRules, createPaths, Draw, type GlobbedRule } from './globs.ts';

export interface WorkspaceSize {
  readonly files: number;
  readonly rules: number;
}

export interface Workspace {
  /** Absolute. */
  readonly root: string;
  /** Relative to it. */
  readonly files: readonly string[];
  readonly rules: readonly GlobbedRule[];
}

/** The rule file in which a fault is to be found, so that there is something to report. */
export const faultyRule = '.cursor/rules/faulty.mdc';

/** Writes a workspace of source files and rules; the same sizes give the same bytes every time. */
export function createWorkspace(root: string, size: WorkspaceSize): Workspace {
  const draw = new Draw(3);
  // Rules bear on packages, of which there are fewer than rules: one more file of a name replaces the one before.
  const files = new Set<string>();
  for (const path of createPaths(size.files, size.rules))
    files.add(files.has(path) ? numbered(path, files.size) : path);
  for (const path of files) write(root, path, renderSource(draw));
  const rules = createGlobbedRules(size.rules - 1);
  for (const [index, rule] of rules.entries()) {
    write(root, `.cursor/rules/${rule.id}.mdc`, renderRule(rule, index, draw));
  }
  write(root, faultyRule, '---\ndescription: Has a key that nobody knows.\nglobz: "*.ts"\n---\nText.\n');
  return { root, files: [...files], rules };
}

function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.');
  return `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const words = ['value', 'order', 'total', 'index', 'result', 'count', 'entry', 'name', 'state', 'limit'];

function renderSource(draw: Draw): string {
  const lines = Array.from(
    { length: 20 + draw.below(40) },
    (_, index) => `export const ${draw.from(words)}${index} = ${draw.from(words)}(${draw.below(1000)});`,
  );
  return `${lines.join('\n')}\n`;
}

/** Half of the rules only guide, a quarter checks text, a quarter asks a model when a file is saved. */
function renderRule(rule: GlobbedRule, index: number, draw: Draw): string {
  const guidance = Array.from(
    { length: 15 + draw.below(40) },
    (_, line) =>
      `- Rule ${line}: keep every ${draw.from(words)} beside its ${draw.from(words)}, and name it so.`,
  );
  return [
    '---',
    `description: Guides work on ${rule.id}.`,
    `globs: ${rule.globs.join(',')}`,
    ...renderActions(index),
    '---',
    `# ${rule.id}`,
    '',
    ...guidance,
    '',
  ].join('\n');
}

function renderActions(index: number): readonly string[] {
  if (index % 4 === 0)
    return ['on: save', 'actions:', '  - type: generate_tests', '    message: Cover the limits.'];
  if (index % 4 !== 1) return ['alwaysApply: false'];
  return [
    'actions:',
    '  - type: reject',
    '    conditions:',
    `      - pattern: \\bconsole\\.(log|debug)\\(${index}`,
    '        message: Library code prints nothing.',
  ];
}
