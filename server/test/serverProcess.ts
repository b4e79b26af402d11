import { start } from '../main.ts';

// What the bundle's `server.cjs` does, for tests that start the sources as a process.
start();
