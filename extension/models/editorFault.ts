import type { EditorModelEnd } from '../../server/protocol/modelRequests.ts';

type Failed = EditorModelEnd & { readonly kind: 'failed' };

/** What the editor says when its model cannot be asked, in words for a person. Codes are those of `LanguageModelError`. */
export function toEditorFault(error: unknown, model: string): Failed {
  const said = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').trim().slice(0, 300) : '';
  const quoted = said && ` It said: ${said}`;
  switch (codeOf(error)) {
    case 'NoPermissions':
      return {
        kind: 'failed',
        why: 'no-consent',
        message: `You have not allowed Codegen Lab to use the editor's models. Run "Manage Language Model Access", or run a rule by hand and allow it when the editor asks.`,
      };
    case 'Blocked':
      return {
        kind: 'failed',
        why: 'quota',
        message: `The editor's model ${model} is blocked: its quota is used up, or a filter stopped it. Wait, or choose another model.${quoted}`,
      };
    case 'NotFound':
      return {
        kind: 'failed',
        why: 'not-found',
        message: `The editor has no model "${model}" any more. Choose another one with Choose Model.`,
      };
    default:
      return isQuota(said)
        ? {
            kind: 'failed',
            why: 'quota',
            message: `The quota of the editor's model ${model} is used up. Wait, or choose another model.${quoted}`,
          }
        : { kind: 'failed', why: 'other', message: `The editor's model ${model} failed.${quoted}` };
  }
}

function isQuota(message: string): boolean {
  return /quota|rate limit|too many requests/i.test(message);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
