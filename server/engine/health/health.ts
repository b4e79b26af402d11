import type { Health } from '../engine.ts';
import { describeIssue } from './describeIssue.ts';
import { examineHealth } from './examineHealth.ts';
import type { HealthParts } from './healthParts.ts';

export function createHealth(parts: HealthParts): Health {
  return {
    examine: (root, signal) => examineHealth(parts, root, signal),
    describeIssue: (root, signal) => describeIssue(parts, root, signal),
  };
}
