/** Runs the tests: all lanes, or those named (npm test -- check unit). */
import { dirname } from 'node:path';
import { runLanes } from '../runLanes.ts';

const root = dirname(dirname(import.meta.dirname));
// A lane that failed may have left a handle open; the closing line must still be the last thing that happens.
process.exit(await runLanes(root, process.argv.slice(2)));
