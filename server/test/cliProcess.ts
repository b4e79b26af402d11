import { start } from '../cli/main.ts';

// What the bundle's `cli.cjs` does, for tests that start the sources as a process.
await start();
