import { ErrorCodes, html, Parser, type DefaultTreeAdapterMap, type ParserOptions, type Token } from 'parse5';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

const maxFaults = 50;

/**
 * Where the tags, attributes and comments of a page do not close or are none. A browser shows such a page all the same,
 * but as another one than was written. What only conformity asks for, such as a doctype, is left alone.
 */
export function findHtmlFaults(text: string): readonly SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const add = (message: string, start: number, end: number): void => {
    faults.push({ line: lineAt(text, start), message, span: { start, end: Math.max(start, end) } });
  };
  const endTags: Token.TagToken[] = [];
  const doctypes: Token.DoctypeToken[] = [];
  const root = readPage(
    text,
    { endTags, doctypes },
    {
      sourceCodeLocationInfo: true,
      onParseError: ({ code, startOffset, endOffset }) => {
        if (faultyCodes.has(code)) add(code.replaceAll('-', ' '), startOffset, endOffset);
      },
    },
  );
  for (const { location } of doctypes)
    if (location !== null && !isFirst(text.slice(0, location.startOffset)))
      add('the doctype does not stand at the beginning', location.startOffset, location.endOffset);
  const { unclosed, closedAt } = walkElements(root, text);
  for (const { name, start, end } of unclosed) add(`\`<${name}>\` is not closed`, start, end);
  for (const { tagName, location } of endTags) {
    if (location === null || closedAt.has(location.startOffset) || mayCloseNothing(tagName, text)) continue;
    add(`\`</${tagName}>\` closes nothing`, location.startOffset, location.endOffset);
  }
  return faults.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)).slice(0, maxFaults);
}

const faultyCodes: ReadonlySet<string> = new Set([
  ErrorCodes.abruptClosingOfEmptyComment,
  ErrorCodes.duplicateAttribute,
  ErrorCodes.endTagWithAttributes,
  ErrorCodes.eofBeforeTagName,
  ErrorCodes.eofInCdata,
  ErrorCodes.eofInComment,
  ErrorCodes.eofInDoctype,
  ErrorCodes.eofInElementThatCanContainOnlyText,
  ErrorCodes.eofInScriptHtmlCommentLikeText,
  ErrorCodes.eofInTag,
  ErrorCodes.incorrectlyClosedComment,
  ErrorCodes.incorrectlyOpenedComment,
  ErrorCodes.missingAttributeValue,
  ErrorCodes.missingEndTagName,
  ErrorCodes.missingWhitespaceBetweenAttributes,
  ErrorCodes.unexpectedCharacterInAttributeName,
  ErrorCodes.unexpectedCharacterInUnquotedAttributeValue,
  ErrorCodes.unexpectedEqualsSignBeforeAttributeName,
  ErrorCodes.unexpectedSolidusInTag,
]);

type Page = DefaultTreeAdapterMap['document'] | DefaultTreeAdapterMap['documentFragment'];
type Element = DefaultTreeAdapterMap['element'];

interface SeenTokens {
  readonly endTags: Token.TagToken[];
  readonly doctypes: Token.DoctypeToken[];
}

/** Only comments and what the server reads may come before. */
function isFirst(before: string): boolean {
  return before.replace(/<!--[^]*?-->|<\?[^>]*>|\uFEFF/g, '').trim() === '';
}

/** A text with none of the outermost tags is a part of a page. */
function readPage(
  text: string,
  { endTags, doctypes }: SeenTokens,
  options: ParserOptions<DefaultTreeAdapterMap>,
): Page {
  class TagParser extends Parser<DefaultTreeAdapterMap> {
    override onDoctype(token: Token.DoctypeToken): void {
      doctypes.push(token);
      super.onDoctype(token);
    }

    override onEndTag(token: Token.TagToken): void {
      endTags.push(token);
      super.onEndTag(token);
    }
  }
  if (/<(?:!doctype|html|head|body)\b/i.test(text)) return TagParser.parse(text, options);
  const parser = TagParser.getFragmentParser<DefaultTreeAdapterMap>(null, options);
  parser.tokenizer.write(text, true);
  return parser.getFragment();
}

interface UnclosedTag {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function walkElements(
  root: Page,
  text: string,
): { readonly unclosed: readonly UnclosedTag[]; readonly closedAt: ReadonlySet<number> } {
  const unclosed: UnclosedTag[] = [];
  const closedAt = new Set<number>();
  const open: DefaultTreeAdapterMap['node'][] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('content' in node) open.push(node.content);
    if ('childNodes' in node) for (const child of node.childNodes) open.push(child);
    if (!('tagName' in node)) continue;
    const { startTag, endTag } = node.sourceCodeLocation ?? {};
    if (endTag !== undefined) closedAt.add(endTag.startOffset);
    else if (startTag !== undefined && needsEndTag(node, text.charAt(startTag.endOffset - 2)))
      unclosed.push({ name: node.tagName, start: startTag.startOffset, end: startTag.endOffset });
  }
  return { unclosed, closedAt };
}

function needsEndTag({ tagName, namespaceURI }: Element, lastChar: string): boolean {
  return namespaceURI === html.NS.HTML ? !withoutEndTag.has(tagName) : lastChar !== '/';
}

/** Start tags of the outermost elements may be left out where their end tags are written. */
function mayCloseNothing(tagName: string, text: string): boolean {
  return tagName === 'body' || tagName === 'html' || (tagName === 'head' && !/<head[\s>]/i.test(text));
}

/** Elements that have no end tag, and those whose end tag may be left out. */
const withoutEndTag: ReadonlySet<string> = new Set(
  (
    'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr ' +
    'body caption colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr'
  ).split(' '),
);
