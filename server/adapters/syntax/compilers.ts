import type { SyntaxCheck, SyntaxFile } from '../../engine/ports/syntax.ts';
import { runParser, type ParserEnd } from './parserProcess.ts';
import { resolveTrustedTool, systemFolders } from '../trustedTool.ts';

export interface CompilerOptions {
  /** Absolute path of a Node; default: the one that runs us. */
  readonly node?: string;
  /** Where `python3` is looked for; default: the system's own folders, never PATH and never a workspace. */
  readonly pythonFolders?: readonly string[];
  readonly timeoutMs?: number;
}

/** undefined: no compiler of this language is asked. Never rejects. */
export type Compilers = (file: SyntaxFile, signal: AbortSignal) => Promise<SyntaxCheck | undefined>;

/**
 * Asks `node --check` and Python's compiler, in a process of their own and with the text on stdin: nothing of it is
 * imported or run, and no configuration of the workspace is read. They refuse much that a grammar passes over, such as
 * `return` outside of a function or a wrong indentation.
 */
export function createCompilers(options: CompilerOptions = {}): Compilers {
  const { node = process.execPath, pythonFolders = systemFolders, timeoutMs = 10_000 } = options;
  return async (file, signal) => {
    const extension = /\.[^./]+$/.exec(file.path)?.[0].toLowerCase() ?? '';
    if (/^\.[cm]?js$/.test(extension)) return checkJavaScript({ node, timeoutMs, signal, file, extension });
    if (/^\.pyi?$/.test(extension))
      return checkPython({ python: resolveTrustedTool('python3', pythonFolders), timeoutMs, signal, file });
    return undefined;
  };
}

interface Request {
  readonly file: SyntaxFile;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

async function checkJavaScript(
  request: Request & { readonly node: string; readonly extension: string },
): Promise<SyntaxCheck> {
  let furthest: SyntaxCheck | undefined;
  for (const type of moduleTypes(request.extension, request.file)) {
    const check = await checkAs(type, request);
    if (check.kind !== 'broken') return check;
    // The kind of module that the text was meant as gets further.
    if (furthest?.kind !== 'broken' || check.faults[0].line > furthest.faults[0].line) furthest = check;
  }
  return furthest ?? notChecked('the kind of module is unknown');
}

function moduleTypes(extension: string, { moduleType }: SyntaxFile): readonly ('module' | 'commonjs')[] {
  if (extension === '.mjs') return ['module'];
  if (extension === '.cjs') return ['commonjs'];
  return moduleType === undefined ? ['module', 'commonjs'] : [moduleType];
}

async function checkAs(
  type: string,
  { node, file, timeoutMs, signal }: Request & { readonly node: string },
): Promise<SyntaxCheck> {
  const argv = [node, `--input-type=${type}`, '--check', '-'] as const;
  // NODE_OPTIONS could name code to load, so nothing of the environment is passed on. In an editor we run on Electron.
  const env = { ELECTRON_RUN_AS_NODE: '1', ...systemEnvironment() };
  const end = await runParser({ argv, env, stdin: withoutMark(file.text), timeoutMs }, signal);
  if (end.kind === 'gaveUp') return notChecked(end.reason);
  if (end.code === 0) return { kind: 'parsed' };
  const line = /^\[stdin\]:(\d+)/m.exec(end.stderr)?.[1];
  if (line === undefined) return unexpected('node --check', end);
  // Behind a line of a megabyte the message may be lost on the way.
  const message = end.stderr.match(/^\w*Error: .*$/gm)?.at(-1) ?? 'SyntaxError';
  return broken(Number(line) - 1, message);
}

// Exit 3: the text is broken, as the lines on stdout say. Exit 4: it nests deeper than the compiler goes.
const pythonScript = `
import sys
def say(line, message):
    sys.stdout.buffer.write(("%d\\n%s" % (line or 1, message)).encode("utf-8", "replace"))
    sys.exit(3)
try:
    compile(sys.stdin.buffer.read(), "text", "exec", dont_inherit=True)
except SyntaxError as error:
    say(error.lineno, "%s: %s" % (type(error).__name__, error.msg))
except ValueError as error:
    say(1, "ValueError: %s" % error)
except (RecursionError, MemoryError, OverflowError):
    sys.exit(4)
`;

async function checkPython({
  python,
  file,
  timeoutMs,
  signal,
}: Request & { readonly python: string | undefined }): Promise<SyntaxCheck> {
  if (python === undefined) return notChecked('no python3 was found in the folders of the system');
  // Isolated, without site packages and bytecode: nothing but the compiler is loaded.
  const argv = [python, '-I', '-S', '-B', '-W', 'ignore', '-c', pythonScript] as const;
  const end = await runParser({ argv, env: systemEnvironment(), stdin: file.text, timeoutMs }, signal);
  if (end.kind === 'gaveUp') return notChecked(end.reason);
  if (end.code === 0) return { kind: 'parsed' };
  const said = /^(\d+)\n(.*)/.exec(end.stdout);
  if (end.code !== 3 || said === null) return unexpected('python3', end);
  return broken(Math.max(0, Number(said[1]) - 1), said[2] ?? '');
}

function systemEnvironment(): Readonly<Record<string, string>> {
  const root = process.env['SystemRoot'];
  return { LC_ALL: 'C', ...(root === undefined ? {} : { SystemRoot: root }) };
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

function broken(line: number, message: string): SyntaxCheck {
  return { kind: 'broken', faults: [{ line, message: message.slice(0, 200) }] };
}

function notChecked(reason: string): SyntaxCheck {
  return { kind: 'notChecked', reason };
}

function unexpected(parser: string, end: Extract<ParserEnd, { readonly kind: 'exited' }>): SyntaxCheck {
  return notChecked(`${parser} ended with ${end.code} and did not say what is wrong`);
}
