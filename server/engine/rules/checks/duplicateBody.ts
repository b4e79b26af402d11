import type { FolderCheck } from './folderCheck.ts';
import { bodyKey, isSameBody } from './peerKeys.ts';

/** `rule.duplicate-body`: another rule says the same text. */
export const duplicateBody: FolderCheck = ({ document: { path, file, text }, peers, isLive }) => {
  const key = isLive(path) && file.active ? bodyKey(file) : undefined;
  const others =
    key === undefined
      ? []
      : peers.find(key).filter(({ rule }) => rule.id !== file.id && isSameBody(rule, file));
  const [other] = others;
  if (other === undefined) return [];
  const message = `\`${other.rule.path}\` has the same text: keep one of them, or let both extend a third.`;
  const related = others
    .slice(0, 5)
    .map(({ rule, span }) => ({ path: rule.path, span, message: 'Has the same text.' }));
  const start = text.length - file.body.trimStart().length;
  const end = start + file.body.trimStart().search(/[\n\r]|$/);
  return [{ code: 'rule.duplicate-body', severity: 'hint', message, span: { start, end }, related }];
};
