/** Where a person can watch a command: the integrated terminal, or standard error on the command line. */
export interface Terminal {
  open(view: { readonly run: string; readonly title: string; readonly command: string }): TerminalView;
}

export interface TerminalView {
  /** Raw output; whoever shows it removes what a terminal must not be told. */
  write(text: string): void;
  close(summary: string): void;
  /** Aborts when the person stops the command there. */
  readonly stopped: AbortSignal;
}
