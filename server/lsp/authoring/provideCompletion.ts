import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver/node';
import { completeRule } from '../../engine/authoring/completion/completeRule.ts';
import type { Proposal, ProposalKind } from '../../engine/authoring/completion/proposal.ts';
import type { OpenRule } from './openRule.ts';

const kinds: Readonly<Record<ProposalKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  event: CompletionItemKind.Event,
  filter: CompletionItemKind.EnumMember,
  action: CompletionItemKind.Function,
  rule: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  glob: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  language: CompletionItemKind.EnumMember,
  heading: CompletionItemKind.Text,
  snippet: CompletionItemKind.Snippet,
};

export const completionTriggers = [':', ' ', '-', '@', '/', '{', '#', '(', ',', '|', '[', '!', '*', '<'];

export function provideCompletion(rule: OpenRule, { position, context }: CompletionParams): CompletionList {
  const { proposals, isIncomplete } = completeRule(rule, rule.lines.offsetAt(position));
  // A blank in the middle of prose shall not open a list.
  const isAsked = context?.triggerCharacter === undefined || proposals.some(({ kind }) => kind !== 'snippet');
  return { isIncomplete, items: isAsked ? proposals.map((proposal, at) => toItem(rule, proposal, at)) : [] };
}

function toItem({ lines }: OpenRule, proposal: Proposal, at: number): CompletionItem {
  const { kind, label, detail, documentation, snippet, span, filter, asksAgain } = proposal;
  return {
    label,
    kind: kinds[kind],
    sortText: String(at).padStart(4, '0'),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}),
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: lines.toRange(span), newText: snippet },
    ...(asksAgain ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
  };
}
