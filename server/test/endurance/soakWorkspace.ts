import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What stands in one line of a file that a rule is about, so that a check of it says exactly one thing. */
export interface Flaw {
  /** Zero-based. */
  readonly line: number;
  /** Which of the checks of the file's module finds it. */
  readonly check: number;
}

/** Folders of files; a rule is about one of them. */
const modules = 100;
const linesOfFile = 60;
/** How many rules of ten check texts; others guide, and one begins a run with every save. */
const checksOfModule = 6;
const deniedKind = checksOfModule + 2;
/** Of so many modules one has a rule that a person said no to: each save of its files is a run that says so. */
const modulesPerDenied = 10;
/** Of so many modules one has a rule that nobody answers for: its runs wait, one for each file. */
const modulesPerWaiting = 20;

export function fileOf(at: number): string {
  return `src/m${at % modules}/file${at}.js`;
}

export function rulePath(at: number): string {
  return `.cursor/rules/m${at % modules}/rule${at}.mdc`;
}

/** The message of the one finding that a text with this flaw has. */
export function messageOf({ check }: Flaw): string {
  return `Do not use avoid${check}.`;
}

/** A source file of about 3 KB; `count` makes each version another. */
export function sourceText(count: number, flaw: Flaw): string {
  const lines = Array.from({ length: linesOfFile }, (_, line) =>
    line === flaw.line
      ? `  avoid${flaw.check}(${count});`
      : `export const value${line} = compute(${line}, ${count}); // plain`,
  );
  return `${lines.join('\n')}\n`;
}

/** Where the flaw of a version stands. */
export function flawOf(count: number): Flaw {
  return { line: (count * 7) % linesOfFile, check: count % checksOfModule };
}

/** `typo`: a key that nobody knows, which is one problem of the rule file. */
export function ruleText(at: number, { typo = false } = {}): string {
  const kind = Math.floor(at / modules) % 10;
  const keys = [...(typo ? ['glob: nothing'] : []), ...keysOf(at % modules, kind)];
  return ['---', ...keys, '---', `Rule ${at} of module ${at % modules}.`, '', ...advice, ''].join('\n');
}

const advice = Array.from({ length: 12 }, (_, at) => `- Point ${at}: name things for what they are.`);

function keysOf(module: number, kind: number): readonly string[] {
  const globs = `globs: src/m${module}/**`;
  if (kind < checksOfModule) {
    const condition = [`      - pattern: \\bavoid${kind}\\(`, `        message: Do not use avoid${kind}.`];
    return [globs, 'on: [save, change]', 'actions:', '  - type: validate', '    conditions:', ...condition];
  }
  if (kind === checksOfModule) return [globs];
  if (kind === checksOfModule + 1) return [`description: Advice about module ${module}`];
  return acts(module, kind)
    ? [globs, 'on: save', 'actions:', '  - type: generate_tests']
    : [globs, 'alwaysApply: false'];
}

function acts(module: number, kind: number): boolean {
  return kind === deniedKind ? module % modulesPerDenied === 0 : module % modulesPerWaiting === 1;
}

/** Whether a person says no to this rule; of the others that act nobody says anything. */
export function isDenied(ruleId: string): boolean {
  const at = Number(/rule(\d+)/u.exec(ruleId)?.[1]);
  return Math.floor(at / modules) % 10 === deniedKind;
}

/** Writes the workspace. */
export function writeWorkspace(
  root: string,
  { rules, files }: { readonly rules: number; readonly files: number },
): void {
  for (let at = 0; at < rules; at += 1) write(join(root, rulePath(at)), ruleText(at));
  for (let at = 0; at < files; at += 1) write(join(root, fileOf(at)), sourceText(0, flawOf(at)));
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
