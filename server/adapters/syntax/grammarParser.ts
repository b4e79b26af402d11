import type { Worker } from 'node:worker_threads';
import type { SyntaxCheck, SyntaxFile, SyntaxParse } from '../../engine/ports/syntax.ts';
import { startWorker } from '../startWorker.ts';
import { grammarOf } from './grammarList.ts';
import { unpackTree, type SyntaxAnswer, type SyntaxTask } from './syntaxTasks.ts';
import type { SyntaxWorkerData } from './syntaxWorker.ts';
import { parsedFormatOf } from './textFormats.ts';

export interface GrammarParserOptions {
  /** For one text, from the moment its grammar is loaded. Default 5,000. */
  readonly deadlineMs?: number;
  /** How long the worker is kept without work. Default 120,000. */
  readonly idleMs?: number;
  /** Default: beside the bundle that uses it; when run from the sources, in the installed package. */
  readonly grammars?: SyntaxWorkerData;
}

/** The part of the answers that end a task. */
type Parsed =
  | Exclude<SyntaxAnswer, { readonly kind: 'parsing' | 'failed' }>
  | { readonly kind: 'gaveUp'; readonly reason: string };

// A worker that starts, or compiles a grammar, on a busy machine takes longer than any parse may.
const loadDeadlineMs = 20_000;
/** Trees of larger texts would fill the memory; no file that people write by hand is as long. */
const maxTreeChars = 256 * 1024;

/**
 * Parses by tree-sitter grammars, and formats of documents by their parsers, in a worker that is started for the first text and thrown away when a text takes too
 * long or too much memory, or when there has been nothing to do for a while. Texts are parsed one after the other, so
 * that each has its own time.
 */
export class GrammarParser {
  readonly #deadlineMs: number;
  readonly #idleMs: number;
  readonly #grammars: SyntaxWorkerData;
  #worker: Promise<Worker | undefined> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #exited = new WeakSet<Worker>();
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor({
    deadlineMs = 5_000,
    idleMs = 120_000,
    grammars = shippedGrammars(),
  }: GrammarParserOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#idleMs = idleMs;
    this.#grammars = grammars;
  }

  async check({ path, text }: SyntaxFile, signal: AbortSignal): Promise<SyntaxCheck> {
    const parsed = await this.#ask(path, text, 'faults', signal);
    if (parsed.kind === 'gaveUp') return { kind: 'notChecked', reason: parsed.reason };
    if (parsed.kind !== 'faults')
      return { kind: 'notChecked', reason: 'the parser answered another question' };
    const [first, ...others] = parsed.faults;
    return first === undefined ? { kind: 'parsed' } : { kind: 'broken', faults: [first, ...others] };
  }

  async parse({ path, text }: Pick<SyntaxFile, 'path' | 'text'>, signal: AbortSignal): Promise<SyntaxParse> {
    const language = grammarOf(path);
    if (text.length > maxTreeChars)
      return { kind: 'none', reason: `the file is longer than ${maxTreeChars} characters` };
    const parsed = await this.#ask(path, text, 'tree', signal);
    if (parsed.kind === 'gaveUp') return { kind: 'none', reason: parsed.reason };
    const root = parsed.kind === 'tree' ? unpackTree(parsed.tree) : undefined;
    return root === undefined || language === undefined
      ? { kind: 'none', reason: 'the parser gave no tree' }
      : { kind: 'tree', root, language };
  }

  /** Ends the worker; a text that it parses is not checked. */
  async dispose(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    // At once, so that a text that comes now gets a worker of its own.
    this.#worker = undefined;
    await (await worker)?.terminate();
  }

  #ask(path: string, text: string, want: SyntaxTask['want'], signal: AbortSignal): Promise<Parsed> {
    const language = (want === 'tree' ? undefined : parsedFormatOf(path)) ?? grammarOf(path);
    if (language === undefined) return Promise.resolve(gaveUp(noParser(path)));
    this.#lastId += 1;
    const task: SyntaxTask = { id: this.#lastId, language, text, want };
    const result = this.#queue.then(() => this.#askNow(task, signal));
    this.#queue = result;
    return result;
  }

  async #askNow(task: SyntaxTask, signal: AbortSignal): Promise<Parsed> {
    if (signal.aborted) return stopped;
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const known = await this.#worker;
    if (known !== undefined && this.#exited.has(known)) this.#worker = this.#start();
    const worker = await this.#worker;
    if (worker === undefined) {
      this.#worker = undefined;
      return gaveUp('the worker that parses could not start');
    }
    if (signal.aborted) return stopped;
    const parsed = await ask(worker, task, { signal, deadlineMs: this.#deadlineMs });
    if (parsed.kind === 'gaveUp') {
      this.#worker = undefined;
      // The worker may be deep in the text; nobody has to wait until it is gone.
      void worker.terminate();
    } else {
      this.#idle = setTimeout(() => void this.dispose(), this.#idleMs).unref();
    }
    return parsed;
  }

  async #start(): Promise<Worker | undefined> {
    const worker = await startParser(this.#grammars);
    // What it prints, such as warnings of Node, would keep this process alive until somebody reads it.
    worker?.stdout.destroy();
    worker?.stderr.destroy();
    // An error without a listener would end this process, even one of an idle worker.
    worker?.on('error', () => undefined);
    worker?.once('exit', () => {
      this.#exited.add(worker);
    });
    return worker;
  }
}

const stopped: Parsed = { kind: 'gaveUp', reason: 'the check was stopped' };

function gaveUp(reason: string): Parsed {
  return { kind: 'gaveUp', reason };
}

function noParser(path: string): string {
  const extension = /\.[^./]+$/.exec(path)?.[0].toLowerCase();
  return `no parser for ${extension === undefined ? 'files without an extension' : `${extension} files`} is at hand`;
}

const isBundle = import.meta.url.endsWith('.cjs');

/** In a bundle the grammars lie beside it; the sources use the package that they come from. */
function shippedGrammars(): SyntaxWorkerData {
  return isBundle
    ? { folder: `${import.meta.dirname}/grammars`, ending: '.wasm.br' }
    : {
        folder: `${import.meta.dirname}/../../../node_modules/@vscode/tree-sitter-wasm/wasm`,
        ending: '.wasm',
      };
}

function startParser(workerData: SyntaxWorkerData): Promise<Worker | undefined> {
  const file = new URL(isBundle ? './syntaxWorker.cjs' : './syntaxWorker.ts', import.meta.url);
  // What a library prints is kept off our own streams: standard output may carry the protocol.
  const options = { workerData, stdout: true, stderr: true };
  return startWorker(file, { options, deadlineMs: loadDeadlineMs });
}

interface AskLimits {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}

function ask(worker: Worker, task: SyntaxTask, { signal, deadlineMs }: AskLimits): Promise<Parsed> {
  return new Promise((resolve) => {
    const giveUp = (reason: string): void => settle(gaveUp(reason));
    const onMessage = (answer: SyntaxAnswer): void => {
      if (answer.id !== task.id) return;
      if (answer.kind === 'parsing') {
        clearTimeout(timer);
        timer = setTimeout(
          () => giveUp(`the parser did not answer within ${deadlineMs / 1000} s`),
          deadlineMs,
        );
      } else if (answer.kind === 'failed') {
        giveUp(`the parser for ${task.language} failed: ${answer.reason.slice(0, 200)}`);
      } else settle(answer);
    };
    const onError = (): void => giveUp('the parser ran out of memory');
    const onAbort = (): void => giveUp('the check was stopped');
    let timer = setTimeout(
      () => giveUp(`the parser for ${task.language} was not loaded within ${loadDeadlineMs / 1000} s`),
      loadDeadlineMs,
    );
    const settle = (parsed: Parsed): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onError);
      resolve(parsed);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onMessage).on('error', onError).on('exit', onError);
    worker.postMessage(task);
  });
}
