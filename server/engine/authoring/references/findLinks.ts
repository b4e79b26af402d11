import type { Span } from '../../documents/span.ts';
import type { AuthoringFile } from '../authoringFile.ts';

export interface DocumentLink {
  readonly span: Span;
  /** `builtin:NAME` for a bundled rule. */
  readonly path: string;
}

/** References that lead to a file that can be opened. */
export function findLinks({ document, catalog }: AuthoringFile): readonly DocumentLink[] {
  return catalog.references(document.path).flatMap((reference): readonly DocumentLink[] => {
    const target = catalog.resolve(reference, document.path);
    const isThere = target.kind === 'rule' || target.kind === 'file';
    return isThere && reference.span.end <= document.text.length
      ? [{ span: reference.span, path: target.path }]
      : [];
  });
}
