import type { Rule } from '../../rules/rule.ts';
import type { WorkspacePaths } from '../../rules/globs/workspacePaths.ts';
import type { FiringContext } from '../decideFirings.ts';
import { decideFilters } from '../filters/decideFilters.ts';
import { createEventFile } from '../filters/eventFile.ts';

/** The files that a rule is about by their paths: its folder, its globs, and those of its filters that look at paths. */
export interface MatchedFiles {
  /** Sorted. */
  readonly files: readonly string[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

export interface MatchedFilesRequest {
  readonly root: string;
  /** With all that it inherits. */
  readonly rule: Rule;
  readonly paths: WorkspacePaths;
  /** Most files to give. */
  readonly limit: number;
  readonly context: FiringContext;
  readonly signal: AbortSignal;
}

const pathFilters: ReadonlySet<string> = new Set([
  'file_extension',
  'file_name',
  'file_path',
  'directory',
  'glob',
  'language',
]);

/** Rejects after an abort. */
export async function findMatchedFiles(request: MatchedFilesRequest): Promise<MatchedFiles> {
  const { root, rule, paths, limit, context, signal } = request;
  const globs = rule.globs.map(({ value }) => value);
  const filters = rule.filters.filter(({ type }) => pathFilters.has(type));
  if (filters.length === 0) {
    const files = paths.matching(globs, rule.scope, limit);
    return { files, more: files.length < paths.countMatching(globs, rule.scope) };
  }
  const { files, patterns } = context;
  const found: string[] = [];
  for (const path of paths.matching(globs, rule.scope, Infinity)) {
    const event = { root, path, name: 'manual', origin: 'user', depth: 0 } as const;
    const fault = await decideFilters(
      filters,
      createEventFile({ event, files, patterns, signal }),
      new Set(),
    );
    signal.throwIfAborted();
    if (fault !== undefined) continue;
    if (found.length === limit) return { files: found, more: true };
    found.push(path);
  }
  return { files: found, more: false };
}
