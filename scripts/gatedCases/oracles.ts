import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A parser that is no part of the gate. */
export interface Oracle {
  readonly label: string;
  /** Which of the texts parse; undefined: it is not at hand. `folder`: where packages for this task are installed. */
  readonly parse: (
    texts: readonly string[],
    folder: string | undefined,
  ) => Promise<readonly boolean[] | undefined>;
}

const root = join(import.meta.dirname, '..', '..');

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** undefined: it could not be started. */
function run(argv: readonly [string, ...string[]], cwd: string): Promise<Ended | undefined> {
  const [file, ...args] = argv;
  return new Promise((resolve) => {
    // Lets the stable compiler of Rust take the option that only parses.
    const child = spawn(file, args, { cwd, env: { ...process.env, RUSTC_BOOTSTRAP: '1' } });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.end();
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Writes the texts as `N<ending>` into a folder of their own, for as long as `work` takes. */
async function withFiles<Result>(
  texts: readonly string[],
  ending: string,
  work: (folder: string, names: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-oracle-'));
  try {
    const names = texts.map((text, at) => {
      writeFileSync(join(folder, `${at}${ending}`), text);
      return `${at}${ending}`;
    });
    return await work(folder, names);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tool that names each file that does not parse, as `N<ending>:LINE` or `N<ending>(LINE`. */
function askNamingTool(
  label: string,
  ending: string,
  command: (folder: string, names: readonly string[]) => readonly [string, ...string[]],
): Oracle {
  return {
    label,
    parse: (texts) =>
      withFiles(texts, ending, async (folder, names) => {
        const ended = await run(command(folder, names), folder);
        if (ended === undefined) return undefined;
        const found = ended.output.matchAll(new RegExp(`(?:^|/)(\\d+)\\${ending}[:(]\\d+`, 'gmu'));
        const named = new Set([...found].map(([, at]) => Number(at)));
        // It did not do its work and says why elsewhere.
        if (ended.code !== 0 && named.size === 0) return undefined;
        return texts.map((_, at) => !named.has(at));
      }),
  };
}

export function askTypeScript(ending: '.js' | '.ts' | '.tsx'): Oracle {
  // Each file is a module of its own, of which nothing but the syntax is looked at.
  const options =
    '--noEmit --noCheck --noResolve --noLib --allowJs --jsx preserve --target esnext --module esnext --pretty false';
  return askNamingTool("TypeScript's parser", ending, (_folder, names) => [
    process.execPath,
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    ...options.split(' '),
    '--moduleDetection',
    'force',
    ...names,
  ]);
}

export const askGofmt: Oracle = askNamingTool('gofmt -e', '.go', (_folder, names) => [
  'gofmt',
  '-e',
  '-l',
  ...names,
]);

export const askJavac: Oracle = askNamingTool('javac, up to its parser', '.java', (_folder, names) => [
  'javac',
  '-proc:none',
  '-Xmaxerrs',
  '100000',
  '-XDshould-stop.ifNoError=PARSE',
  '-XDshould-stop.ifError=PARSE',
  ...names,
]);

/** One file at a time is all that it takes. */
export const askRustc: Oracle = {
  label: 'rustc, its parser alone',
  parse: (texts) =>
    withFiles(texts, '.rs', async (folder, names) => {
      const parsed: boolean[] = [];
      for (const name of names) {
        const argv = ['rustc', '--edition', '2021', '-Zparse-crate-root-only', name] as const;
        const ended = await run([...argv], folder);
        if (ended === undefined) return undefined;
        parsed.push(ended.code === 0);
      }
      return parsed;
    }),
};

const pythonLoop = `
import sys
for name in sys.argv[1:]:
    try:
        parse(open(name, "rb").read())
        print("yes")
    except Exception:
        print("no")
`;

/** @param define Python that defines `parse(data)`, which raises where the bytes do not parse. */
export function askPython(label: string, define: string): Oracle {
  return {
    label: `${label} of Python`,
    parse: (texts) =>
      withFiles(texts, '.txt', async (folder, names) => {
        const argv = ['python3', '-W', 'ignore', '-c', `${define}\n${pythonLoop}`] as const;
        const ended = await run([...argv, ...names], folder);
        const said = ended?.output.trim().split('\n') ?? [];
        if (ended?.code !== 0 || said.length !== texts.length) return undefined;
        return said.map((each) => each === 'yes');
      }),
  };
}

type Callable = (...values: readonly unknown[]) => unknown;

/** A package below the folder that `--oracles` names; undefined: it is not there. */
function loadPackage(
  folder: string | undefined,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  if (folder === undefined) return undefined;
  try {
    const loaded: unknown = createRequire(join(folder, 'package.json'))(name);
    return typeof loaded === 'object' && loaded !== null ? { ...loaded } : undefined;
  } catch {
    // Not installed there.
    return undefined;
  }
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

function readWith(
  name: string,
  create: (loaded: Readonly<Record<string, unknown>>) => ((text: string) => unknown) | undefined,
): Oracle {
  return {
    label: name,
    async parse(texts, folder) {
      const loaded = loadPackage(folder, name);
      const parses = loaded === undefined ? undefined : create(loaded);
      if (parses === undefined) return undefined;
      const verdicts: boolean[] = [];
      for (const text of texts) verdicts.push(await isParsed(parses, text));
      return verdicts;
    },
  };
}

async function isParsed(parses: (text: string) => unknown, text: string): Promise<boolean> {
  try {
    return (await parses(text)) !== false;
  } catch {
    return false;
  }
}

export function readJsoncWith(name: string): Oracle {
  return readWith(name, ({ parse }) => {
    if (!isCallable(parse)) return undefined;
    return (text) => {
      const errors: unknown[] = [];
      parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
      return errors.length === 0;
    };
  });
}

/** By the version that the gate reads. */
export function readTomlWith(name: string): Oracle {
  return readWith(name, ({ parseTOML }) =>
    isCallable(parseTOML) ? (text) => parseTOML(text, { tomlVersion: '1.1' }) : undefined,
  );
}

export function readCssWith(name: string): Oracle {
  return readWith(name, ({ parse }) => {
    if (!isCallable(parse)) return undefined;
    return (text) => {
      const errors: unknown[] = [];
      // Which values a property takes is not asked.
      parse(text, { parseValue: false, onParseError: (error: unknown) => errors.push(error) });
      return errors.length === 0;
    };
  });
}

const htmlRules = { 'close-order': 'error', 'no-dup-attr': 'error', 'void-style': 'off' };

export function readHtmlWith(name: string): Oracle {
  return readWith(name, ({ HtmlValidate }) => {
    if (!isCallable(HtmlValidate)) return undefined;
    const validator: unknown = Reflect.construct(HtmlValidate, [{ root: true, rules: htmlRules }]);
    const validate: unknown =
      validator instanceof Object ? Reflect.get(validator, 'validateString') : undefined;
    if (!isCallable(validate)) return undefined;
    return async (text) => {
      const report: unknown = await Reflect.apply(validate, validator, [text]);
      return report instanceof Object && Reflect.get(report, 'valid') === true;
    };
  });
}
