import { createFaultyDisk, type DiskFault } from './faultyDisk.ts';

// A run in a process of its own, whose disk does what it is told: ROOT STORAGE FAULT, the last one as JSON. It tells what its screens
// show.
const [root = '', storage = '', fault = ''] = process.argv.slice(2);
const disk = await createFaultyDisk();
// Only now, since the product takes some functions of the system apart as it is loaded.
const { createEndurableEngine } = await import('./endurableEngine.ts');
const { saveNote, untilIdle } = await import('./diskFaultEndurance.ts');
disk.arm(JSON.parse(fault) as DiskFault);
const engine = createEndurableEngine(storage);
engine.onDidChangeView(({ runs }) => void process.send?.(runs));
await saveNote(engine, root);
await untilIdle(engine);
await engine.dispose();
process.exit();
