import type { FolderCheck } from './folderCheck.ts';
import { conditionKey, standingConditions } from './peerKeys.ts';

/** `rule.contradicting-rules`: what one rule demands of a file another one rejects in the same files. */
export const contradictingRules: FolderCheck = ({ document: { path, file, blocks }, peers, isLive }) => {
  if (!isLive(path)) return [];
  return [file, ...blocks]
    .filter(({ active }) => active)
    .flatMap((rule) =>
      standingConditions(rule).flatMap(({ condition, side }) => {
        const contrary = side === 'demanded' ? 'rejected' : 'demanded';
        const [other] = peers.find(conditionKey(rule, condition, contrary));
        if (other === undefined) return [];
        const says = side === 'demanded' ? 'is demanded here and rejected' : 'is rejected here and demanded';
        const message = `This pattern ${says} by \`${other.rule.id}\`, for the same files: no file can please both.`;
        const related = [{ path: other.rule.path, span: other.span, message: `Here it is ${contrary}.` }];
        return [
          {
            code: 'rule.contradicting-rules',
            severity: 'warning',
            message,
            span: condition.span,
            related,
          } as const,
        ];
      }),
    );
};
