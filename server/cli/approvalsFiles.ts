import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Digest } from '../engine/ports/digest.ts';
import {
  parseApprovals,
  renderApprovals,
  type ApprovedRule,
} from '../engine/rules/approval/approvalsFile.ts';
import type { WorkInvocation } from './invocation.ts';

export type ReadApprovals = { readonly rules: readonly ApprovedRule[] } | { readonly problem: string };

/** The approvals file by which an invocation acts; undefined: it named none. One that cannot be read allows nothing. */
export function readApproved(
  invocation: WorkInvocation,
  cwd: string,
  digest: Digest,
): ReadApprovals | undefined {
  const name = 'approvals' in invocation ? invocation.approvals : undefined;
  return name === undefined ? undefined : readApprovalsFile(name, cwd, digest);
}

/** By its name as typed. */
export function readApprovalsFile(name: string, cwd: string, digest: Digest): ReadApprovals {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, name), 'utf8');
  } catch (error) {
    return { problem: `The approvals file ${name} cannot be read: ${reasonOf(error)}.` };
  }
  const { rules, problems } = parseApprovals(text, digest);
  const [first] = problems;
  return first === undefined ? { rules } : { problem: `${name}:${first.line}: ${first.message}` };
}

/** Replaces the file as a whole. undefined: it is written. */
export function writeApprovalsFile(
  name: string,
  rules: readonly ApprovedRule[],
  { cwd, digest }: { readonly cwd: string; readonly digest: Digest },
): { readonly problem: string } | undefined {
  const path = resolve(cwd, name);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, renderApprovals(rules, digest), { flag: 'wx' });
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    return { problem: `The approvals file ${name} cannot be written: ${reasonOf(error)}.` };
  }
}

/** In the words of the system, without the path. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/,? \w+ '.*$/, '') : String(error);
}

export function hasFile(name: string, cwd: string): boolean {
  return statSync(resolve(cwd, name), { throwIfNoEntry: false }) !== undefined;
}
