import {
  ErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { prepareRename, renameRule } from '../../engine/authoring/references/renameRule.ts';
import type { OpenRule } from './openRule.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';

export function providePrepareRename(
  rule: OpenRule,
  { position }: PrepareRenameParams,
): PrepareRenameResult | null {
  const place = prepareRename(rule, rule.lines.offsetAt(position));
  return place === undefined
    ? null
    : { range: rule.lines.toRange(place.span), placeholder: place.placeholder };
}

/** The editor shows the reason of a refusal. */
export function provideRename(
  rule: OpenRule,
  { position, newName }: RenameParams,
): WorkspaceEdit | ResponseError<void> {
  const renaming = renameRule(rule, rule.lines.offsetAt(position), newName);
  if (renaming.kind === 'refused') return new ResponseError(ErrorCodes.InvalidRequest, renaming.reason);
  return toWorkspaceEdit({ ...rule, ...renaming });
}
