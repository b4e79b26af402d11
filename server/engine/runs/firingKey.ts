import type { Rule } from '../rules/rule.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';

/** Of one file of one folder. */
export function fileKey({ root, path }: Pick<FileEvent, 'root' | 'path'>): string {
  return `${root}\n${path}`;
}

/** Of one rule on one file of one folder. */
export function firingKey(root: string, rule: Rule, path: string): string {
  return `${root}\n${rule.id}\n${path}`;
}
