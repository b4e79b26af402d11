import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CandidateReport } from '../../server/protocol/candidates.ts';
import type { Finding } from '../../server/protocol/text.ts';
import type { RuleCase } from './ruleCase.ts';

/** The part of `codegen-lab run --json` that is looked at. */
export interface RunDocument {
  readonly outcome: string;
  readonly code: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly diff: string }[];
  readonly actions: readonly { readonly findings: readonly Finding[] }[];
  readonly candidates: CandidateReport | null;
}

export interface CaseRun {
  /** Folder of the bundles, absolute. */
  readonly bundles: string;
  /** Where the product keeps a user's own data, absolute. */
  readonly storage: string;
  /** Options of `codegen-lab run` besides rule, file and folder. */
  readonly options: readonly string[];
  /** Settings as variables, without their prefix. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Shows the timeline while it grows. */
  readonly isShown?: boolean;
}

/** What comes of a case must not depend on how busy the machine is. */
const unhurried = {
  LIMITS_SECONDS_PER_RUN: '7200',
  TESTS_TIMEOUT_SECONDS: '900',
  GENERATED_TESTS_MAX_SECONDS: '3600',
} as const;

/** Runs the rule of a case with the command line, as a person would. Rejects where it gives no document. */
export async function runCase(
  rule: RuleCase,
  folder: string,
  { bundles, storage, options, settings = {}, isShown = false }: CaseRun,
  signal: AbortSignal,
): Promise<RunDocument> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CODEGEN_LAB_CONFIG_'));
  const env = {
    ...Object.fromEntries(own),
    CODEGEN_LAB_STORAGE: storage,
    CODEGEN_LAB_CONFIG_RULES_BUILTIN: rule.rule,
    ...Object.fromEntries(
      Object.entries({ ...unhurried, ...settings }).map(([name, value]) => [
        `CODEGEN_LAB_CONFIG_${name}`,
        value,
      ]),
    ),
  };
  const words = ['run', '--root', folder, '--rule', rule.rule, join(folder, rule.file), '--trust', '--json'];
  const node = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;
  const { stdout, told } = await new Promise<{ readonly stdout: string; readonly told: string }>(
    (resolve, reject) => {
      const child = spawn(node, [join(bundles, 'cli.cjs'), ...words, ...options], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env,
        signal,
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        if (isShown) process.stderr.write(text.replaceAll(/^(?=.)/gmu, `${rule.name}: `));
      });
      child.once('error', reject);
      child.once('close', () => resolve({ stdout: out, told: err }));
    },
  );
  try {
    return JSON.parse(stdout) as RunDocument;
  } catch {
    throw new Error(`${rule.name} gave no result: ${told || stdout}`);
  }
}

/** What is otherwise than the case expects, a sentence each; empty: it came as it should. */
export function judgeCase({ expect }: RuleCase, run: RunDocument): readonly string[] {
  const faults: string[] = [];
  if (run.outcome !== expect.outcome)
    faults.push(`It ended as ${run.outcome} instead of ${expect.outcome}: ${run.message}`);
  const paths = run.files.map(({ path }) => path).toSorted();
  if (JSON.stringify(paths) !== JSON.stringify(expect.files.toSorted()))
    faults.push(
      `It proposes ${paths.join(', ') || 'nothing'} instead of ${expect.files.join(', ') || 'nothing'}.`,
    );
  const messages = run.actions.flatMap(({ findings }) =>
    findings.map(({ message }) => message.toLowerCase()),
  );
  for (const pattern of expect.findings ?? [])
    if (!messages.some((message) => new RegExp(pattern, 'u').test(message)))
      faults.push(`No finding says ${pattern}. They are:\n${messages.join('\n')}`);
  return faults;
}
