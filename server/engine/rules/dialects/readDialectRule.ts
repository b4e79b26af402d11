import type { Located, Span } from '../../documents/span.ts';
import { compileGlob } from '../globs/compileGlob.ts';
import { buildFileRule } from '../reading/buildRule.ts';
import { createDraft } from '../reading/draft.ts';
import { report } from '../reading/reading.ts';
import type { RuleDocument } from '../rule.ts';
import type { Dialect, DialectKeys, DialectPlace, Loss, PortableRule } from './dialect.ts';
import { readHeader, type DialectHeader } from './readHeader.ts';

/** A rule file of another tool, as a rule. */
export interface DialectRule {
  /** As the engine reads it: places lie in the file as it is. */
  readonly document: RuleDocument;
  /** As one of our own files would say it. */
  readonly portable: PortableRule;
  readonly losses: readonly Loss[];
}

/** Reads a file of the tool; undefined when it is none of its files. Total: what is wrong is in the document's problems. */
export function readDialectRule(dialect: Dialect, path: string, text: string): DialectRule | undefined {
  const place = dialect.place(path);
  if (place === undefined) return undefined;
  const header = readHeader(text, place.hasFrontmatter);
  const keys = dialect.interpret(header, place);
  const globs = keys.globsKey === undefined ? [] : header.list(keys.globsKey);
  checkGlobs(header, globs);
  const document = buildDocument({ path, place, header, keys, globs });
  const body = dialect.convertBody?.(document.file.body, place) ?? document.file.body;
  const { kind, description, label } = keys;
  return {
    document,
    portable: {
      file: place.file,
      label,
      description,
      kind,
      globs: kind === 'autoAttached' ? globs.map(({ value }) => value) : [],
      scope: place.scope,
      body,
    },
    losses: [...keys.lost, ...unknownKeys(dialect, header)].map((message) => ({ rule: path, message })),
  };
}

function unknownKeys(dialect: Dialect, header: DialectHeader): readonly string[] {
  return header.keys
    .filter(({ key }) => !dialect.keys.includes(key))
    .map(({ key }) => `\`${key}\` is lost: ${dialect.label} has no such key.`);
}

/** A glob that cannot be read makes the rule inactive, never global. */
function checkGlobs({ reading }: DialectHeader, globs: readonly Located<string>[]): void {
  for (const { value, span } of globs) {
    const result = compileGlob(value);
    if (result.kind !== 'refused') continue;
    const message = `This glob ${result.fault}.`;
    report(reading, { code: 'rule.bad-glob', severity: 'error', message, span });
  }
}

interface ReadParts {
  readonly path: string;
  readonly place: DialectPlace;
  readonly header: DialectHeader;
  readonly keys: DialectKeys;
  readonly globs: readonly Located<string>[];
}

function buildDocument({ path, place, header, keys, globs }: ReadParts): RuleDocument {
  const { reading, span, body } = header;
  const draft = createDraft();
  draft.alwaysApply = keys.kind === 'always';
  draft.globs = globs;
  draft.description = keys.description;
  if (keys.label !== undefined) draft.name = keys.label;
  for (const [ours, theirs] of writtenKeys(keys)) {
    const place = header.valueSpan(theirs);
    if (place !== undefined) draft.written.set(ours, place);
  }
  if (reading.problems.some(({ severity }) => severity === 'error')) draft.failed.add('*');
  const { rule, problems } = buildFileRule({
    reading,
    header: { draft, span, body, isLegacy: false },
    path,
    documentProblems: [],
  });
  const name = keys.label === undefined ? (place.file.split('/').at(-1) ?? place.file) : rule.name;
  const file = { ...rule, name, scope: place.scope, kind: keys.kind };
  return {
    path,
    text: reading.text,
    file,
    blocks: [],
    problems: sortBySpan([...reading.problems, ...problems]),
  };
}

function writtenKeys({ globsKey }: DialectKeys): readonly (readonly [ours: string, theirs: string])[] {
  const globs: readonly (readonly [string, string])[] = globsKey === undefined ? [] : [['globs', globsKey]];
  return [...globs, ['description', 'description'], ['name', 'name']];
}

function sortBySpan<Problem extends { readonly span: Span }>(
  problems: readonly Problem[],
): readonly Problem[] {
  return problems.toSorted((left, right) => left.span.start - right.span.start);
}
