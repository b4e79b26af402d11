/** Generates the sources that are not under version control. `run.mjs` calls it before each task, which may import them. */
import { dirname } from 'node:path';
import { generateValidators } from './generateValidators.ts';

await generateValidators(dirname(import.meta.dirname));
