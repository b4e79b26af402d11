import type { Span } from '../../documents/span.ts';
import { readRulePath } from '../../rules/rulePaths.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { findHeadings, outlineOf } from '../outline/documentOutline.ts';
import { joinPath } from '../references/joinPath.ts';
import { literal, type Proposal } from './proposal.ts';
import { proposeFiles, proposeRules } from './proposeReferences.ts';

type BodyCursor = AuthoringFile & { readonly offset: number };

/** References behind `@`, `@include` and `mdc:`, and what begins a part of a rule file. */
export function completeBody(file: AuthoringFile, offset: number): readonly Proposal[] {
  const cursor = { ...file, offset };
  const { text } = file.document;
  const first = Math.max(0, offset - maxReference);
  let start = offset;
  while (start > first && !/[\n\r]/.test(text[start - 1] ?? '')) start -= 1;
  const before = text.slice(start, offset);
  return (
    completeInclude(cursor, before) ??
    completeLink(cursor, before) ??
    completeMention(cursor, before) ??
    completeParts(cursor, before)
  );
}

/** A reference is shorter, so what stands further to the left matters to nobody. */
const maxReference = 1_000;

const isFragment = (path: string): boolean => /\.mdc?$/.test(path);

function completeInclude(cursor: BodyCursor, before: string): readonly Proposal[] | undefined {
  const match = /^[ \t]*@include[ \t]+([^\s#]*)(?:#(.*))?$/.exec(before);
  if (match === null) return undefined;
  const [, path = '', heading] = match;
  if (heading !== undefined)
    return proposeHeadings(cursor, path, spanOf(cursor, heading.length, /^[^\n\r]*/));
  return proposeFiles(cursor, spanOf(cursor, path.length, /^[^\s#]*/), 'relative', isFragment);
}

function completeLink(cursor: BodyCursor, before: string): readonly Proposal[] | undefined {
  const match = /\]\(mdc:([^\s)#]*)(?:#([^\n)]*))?$/.exec(before);
  if (match === null) return undefined;
  const [, path = '', heading] = match;
  if (heading !== undefined)
    return proposeHeadings(cursor, path, spanOf(cursor, heading.length, /^[^\n\r)]*/));
  return proposeFiles(cursor, spanOf(cursor, path.length, /^[^\s)#]*/), 'root');
}

function completeMention(cursor: BodyCursor, before: string): readonly Proposal[] | undefined {
  const match = /(?:^|[\s([])@([\w./-]*)$/.exec(before);
  if (match === null) return undefined;
  const written = match[1] ?? '';
  const span = spanOf(cursor, written.length, /^[\w./-]*/);
  const isFirst = before.trim() === `@${written}`;
  return [
    ...(isFirst ? [include(span)] : []),
    ...proposeRules(cursor, span, 'names').filter(({ label }) => /^[\w./-]+$/.test(label)),
    ...proposeFiles(cursor, span, 'root'),
  ];
}

function include(span: Span): Proposal {
  const documentation =
    'The text of another file stands here in prompts; `#Heading` takes one section of it.';
  return { kind: 'snippet', label: 'include', documentation, snippet: 'include ', span, asksAgain: true };
}

/** What is typed before the cursor, and what follows it of the same word. */
function spanOf({ document: { text }, offset }: BodyCursor, length: number, rest: RegExp): Span {
  const after = rest.exec(text.slice(offset, offset + 1024))?.[0].length ?? 0;
  return { start: offset - length, end: offset + after };
}

function proposeHeadings(
  { document, catalog }: BodyCursor,
  written: string,
  span: Span,
): readonly Proposal[] {
  const found = [joinPath(document.path, written), written].flatMap((path) => {
    const text = catalog.text(path);
    return text === undefined ? [] : [findHeadings(path, text)];
  })[0];
  return (found ?? []).map(({ title, level }) => ({
    kind: 'heading',
    label: title,
    detail: '#'.repeat(level),
    snippet: literal(title),
    span,
  }));
}

/** Frontmatter at the top of a file that has none, and a `<rule>` block on a line of its own. */
function completeParts(cursor: BodyCursor, before: string): readonly Proposal[] {
  const { document, offset } = cursor;
  if (!/^[ \t]*[<\w-]*$/.test(before)) return [];
  const { frontmatter } = outlineOf(document);
  const { isLegacy } = readRulePath(document.path);
  const word = before.trimStart();
  const span = { start: offset - word.length, end: offset };
  const isTop = !isLegacy && frontmatter === undefined && document.text.slice(0, span.start).trim() === '';
  return [
    ...(isTop ? [frontmatterSnippet(span)] : []),
    ...(word === '' || '<rule>'.startsWith(word) || 'rule'.startsWith(word) ? [blockSnippet(span)] : []),
  ];
}

function frontmatterSnippet(span: Span): Proposal {
  return {
    kind: 'snippet',
    label: '---',
    detail: 'frontmatter',
    documentation: 'What the rule is for and which files it is about.',
    snippet: '---\ndescription: $1\nglobs: ${2:**/*.ts}\n---\n$0',
    span,
  };
}

function blockSnippet(span: Span): Proposal {
  return {
    kind: 'snippet',
    label: '<rule>',
    detail: 'a rule block',
    documentation: 'A rule with filters and actions in the body of the file.',
    snippet:
      '<rule>\nname: ${1:name}\ndescription: $2\nfilters:\n  - type: ${3:file_extension}\n    pattern: $4\nactions:\n  - type: ${5:suggest}\n    message: $6\n</rule>\n$0',
    span,
  };
}
