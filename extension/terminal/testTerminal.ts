import * as vscode from 'vscode';
import {
  terminalClosed,
  terminalOpened,
  terminalOutput,
  terminalStopped,
} from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import { TerminalFilter } from './terminalFilter.ts';

/** Of the terminal in which test runs are shown. */
const terminalName = 'Codegen Lab Tests';
const interrupt = '\u0003';
const keptText = 200_000;
const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;
const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;

interface OpenedView {
  readonly id: string;
  /** The run that it belongs to. */
  readonly run: string;
  readonly title: string;
  readonly command: string;
}

/**
 * The terminal in which people watch test runs. The server spawns the processes, so that no shell ever reads a word of
 * them; this shows what they write, and sends Ctrl+C and the bin back.
 */
export class TestTerminal implements vscode.Disposable {
  readonly #server: ServerConnection;
  /** Views under way: id to the filter of its output. */
  readonly #open = new Map<string, { readonly run: string; readonly filter: TerminalFilter }>();
  #terminal: vscode.Terminal | undefined;
  #write: ((text: string) => void) | undefined;
  #pending = '';
  readonly #shows = new vscode.EventEmitter<{ readonly run: string; readonly text: string }>();
  /** What a run shows, with the escapes that a terminal may have. */
  readonly onDidShow = this.#shows.event;

  constructor(server: ServerConnection) {
    this.#server = server;
    server.onNotification(terminalOpened, (opened) => this.#begin(opened));
    server.onNotification(terminalOutput, ({ id, text }) => this.#output(id, text));
    server.onNotification(terminalClosed, ({ id, summary }) => this.#end(id, summary));
  }

  dispose(): void {
    this.#terminal?.dispose();
    this.#shows.dispose();
  }

  #begin({ id, run, title, command }: OpenedView): void {
    this.#open.set(id, { run, filter: new TerminalFilter() });
    if (!this.#terminal) this.#createTerminal();
    const line = (text: string): string => new TerminalFilter().push(text.replaceAll(/\s+/g, ' '));
    this.#show(`${bold(line(title))}\r\n${dim(`$ ${line(command)}`)}\r\n`);
  }

  #output(id: string, output: string): void {
    const view = this.#open.get(id);
    const text = view?.filter.push(output) ?? '';
    this.#show(text);
    if (view) this.#shows.fire({ run: view.run, text });
  }

  #end(id: string, summary: string): void {
    if (!this.#open.delete(id)) return;
    this.#show(`\u001b[0m${bold(new TerminalFilter().push(summary))}\r\n\r\n`);
  }

  #createTerminal(): void {
    const writes = new vscode.EventEmitter<string>();
    const pty: vscode.Pseudoterminal = {
      onDidWrite: writes.event,
      open: () => {
        this.#write = (text) => writes.fire(text);
        this.#show('');
      },
      close: () => this.#forget(),
      handleInput: (data) => {
        if (data.includes(interrupt)) this.#stopAll();
      },
    };
    this.#terminal = vscode.window.createTerminal({
      name: terminalName,
      pty,
      iconPath: new vscode.ThemeIcon('beaker'),
    });
    this.#terminal.show(true);
  }

  /** Output that comes before the terminal is open waits; a terminal that nobody opens must not fill the memory. */
  #show(text: string): void {
    this.#pending = `${this.#pending}${text}`.slice(-keptText);
    if (!this.#write || this.#pending === '') return;
    this.#write(this.#pending);
    this.#pending = '';
  }

  #stopAll(): void {
    for (const id of this.#open.keys()) this.#server.notify(terminalStopped, { id });
  }

  /** The person closed it: what ran there stops, and the next run makes a new one. */
  #forget(): void {
    this.#stopAll();
    this.#open.clear();
    this.#terminal = undefined;
    this.#write = undefined;
    this.#pending = '';
  }
}
