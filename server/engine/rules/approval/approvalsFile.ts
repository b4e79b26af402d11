import type { Digest } from '../../ports/digest.ts';

/** A rule with the text of it that was approved. */
export interface ApprovedRule {
  readonly ruleId: string;
  /** As `approvedText` writes it. */
  readonly text: string;
}

export interface ApprovalsFile {
  readonly rules: readonly ApprovedRule[];
  /** What makes the file unfit, with its line, from 1; then none of it counts. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const title = '# Approved rules';
const intro = `${title}

What these rules may do where nobody can be asked: \`codegen-lab run --approvals FILE\`. A rule is approved with exactly the text
below; any other text is refused. Read each text before you take over a change of this file. Written by \`codegen-lab approvals\`.
`;

/** The file as Markdown, sorted by rule, so that a change of one rule is a change of its lines alone. */
export function renderApprovals(rules: readonly ApprovedRule[], digest: Digest): string {
  const sorted = rules.toSorted((one, other) => (one.ruleId < other.ruleId ? -1 : 1));
  const sections = sorted.map(({ ruleId, text }) => {
    const fence = fenceFor(text);
    return `\n## ${ruleId}\n\nsha256: ${digest(text)}\n\n${fence}mdc\n${text}${fence}\n`;
  });
  return intro + sections.join('');
}

/** Longer than any that the text holds. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/^~+/gm), ([run]) => run.length));
  return '~'.repeat(longest + 1);
}

const maxLength = 16_777_216;

/** Reads what `renderApprovals` wrote, whatever the line breaks. Never throws; total in linear time. */
export function parseApprovals(text: string, digest: Digest): ApprovalsFile {
  const fault = (line: number, message: string): ApprovalsFile => ({
    rules: [],
    problems: [{ line, message }],
  });
  if (text.length > maxLength) return fault(1, 'The file is longer than 16 MB.');
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (lines[0] !== title) return fault(1, `A file of approvals begins with \`${title}\`.`);
  const rules = new Map<string, ApprovedRule>();
  let at = lines.findIndex((line) => line.startsWith('## '));
  const hiding = lines.slice(0, at < 0 ? lines.length : at).findIndex((line) => line.includes('<'));
  if (hiding >= 0)
    return fault(hiding + 1, 'Before the first rule no `<` may stand: it could hide what follows.');
  while (at >= 0 && at < lines.length) {
    const section = readSection(lines, at);
    if ('message' in section) return fault(section.line, section.message);
    const { ruleId, hash, hashLine, approved, next } = section;
    if (digest(approved) !== hash)
      return fault(
        hashLine,
        `The text of ${ruleId} is not the one that was approved: its digest is another one.`,
      );
    if (rules.has(ruleId)) return fault(at + 1, `${ruleId} stands here twice.`);
    rules.set(ruleId, { ruleId, text: approved });
    at = next;
  }
  return { rules: [...rules.values()], problems: [] };
}

interface Section {
  readonly ruleId: string;
  readonly hash: string;
  readonly hashLine: number;
  readonly approved: string;
  readonly next: number;
}

/** Heading, digest and text, with nothing but empty lines between them: what is not read here is not there for a reviewer. */
function readSection(
  lines: readonly string[],
  from: number,
): Section | { readonly line: number; readonly message: string } {
  const ruleId = (lines[from] ?? '').slice('## '.length).trim();
  const filled = (start: number): number => {
    let at = start;
    while (lines[at] === '') at += 1;
    return at;
  };
  const hashAt = filled(from + 1);
  const hash = /^sha256: ([0-9a-f]{64})$/.exec(lines[hashAt] ?? '')?.[1];
  if (hash === undefined)
    return { line: hashAt + 1, message: `\`sha256: …\` of ${ruleId} is expected here.` };
  const fenceAt = filled(hashAt + 1);
  const fence = /^(~{3,})mdc$/.exec(lines[fenceAt] ?? '')?.[1];
  if (fence === undefined)
    return { line: fenceAt + 1, message: `The text of ${ruleId} is expected here, after \`~~~mdc\`.` };
  const end = lines.indexOf(fence, fenceAt + 1);
  if (end < 0)
    return { line: fenceAt + 1, message: `The text of ${ruleId} has no end: \`${fence}\` is missing.` };
  const next = filled(end + 1);
  if (next < lines.length && !(lines[next] ?? '').startsWith('## '))
    return { line: next + 1, message: 'Only another rule, after `## `, may follow here.' };
  const approved = `${lines.slice(fenceAt + 1, end).join('\n')}\n`;
  return { ruleId, hash, hashLine: hashAt + 1, approved, next };
}
