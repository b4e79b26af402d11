/** Checks types, lint, format and unused code, side by side. */
import { dirname } from 'node:path';
import { run } from '../lanes/check.ts';

const root = dirname(dirname(import.meta.dirname));
const { failed } = await run({ root });
process.exitCode = failed === 0 ? 0 : 1;
