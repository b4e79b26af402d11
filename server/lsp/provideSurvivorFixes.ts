import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import { survivorCode } from '../engine/testing/mutation/survivorFindings.ts';
import type { CommandArguments } from '../protocol/commands.ts';
import type { Folders } from './folders.ts';

export interface SurvivorFixesParts {
  readonly engine: Pick<Engine, 'actionFindings'>;
  readonly folders: Pick<Folders, 'place'>;
}

const id = 'codegenLab.killSurvivors';

/** Where tests let a small wrong change live: tests that notice this one, or all of those of the file. */
export function provideSurvivorFixes(
  { engine, folders }: SurvivorFixesParts,
  { textDocument: { uri }, context }: CodeActionParams,
): readonly CodeAction[] {
  const isWanted = context.only?.some((only) => only === '' || only === CodeActionKind.QuickFix) ?? true;
  const shown = context.diagnostics.filter(({ code }) => code === survivorCode);
  const placed = folders.place(uri);
  if (!isWanted || shown.length === 0 || placed === undefined) return [];
  const { root: folder, path } = placed;
  const all = engine.actionFindings(folder).flatMap((finding) => {
    const { mutant } = finding;
    return finding.path !== path || finding.code !== survivorCode || mutant === undefined
      ? []
      : [{ mutant, message: finding.message }];
  });
  const chosen = all.filter(({ message }) => shown.some((each) => each.message === message));
  const offer = (title: string, mutants: typeof all): CodeAction => {
    const argument: CommandArguments[typeof id] = {
      folder,
      path,
      survivors: mutants.map(({ mutant }) => mutant),
    };
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: shown,
      command: { title, command: id, arguments: [argument] },
    };
  };
  if (chosen.length === 0) return [];
  const here = chosen.length === 1 ? 'Generate tests that notice this' : 'Generate tests that notice these';
  return [
    offer(here, chosen),
    ...(all.length > chosen.length
      ? [offer(`Generate tests that notice all ${all.length} of this file`, all)]
      : []),
  ];
}
