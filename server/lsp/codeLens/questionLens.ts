import type { CodeLens } from 'vscode-languageserver/node';
import type { RunView } from '../../protocol/viewState.ts';
import { lens } from './lens.ts';

/** What a run waits to be allowed. */
export function questionLens(line: number, run: RunView): CodeLens {
  const argument = { run: run.run };
  return run.waitingOn === 'unconfined'
    ? lens(line, '$(shield) Tests wait for you', 'codegenLab.allowUnconfined', argument)
    : lens(line, `$(shield) Allow rule ${run.rule}?`, 'codegenLab.approveRule', argument);
}
