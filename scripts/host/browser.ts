import { type Browser, chromium } from 'playwright-core';
import { ensureSystemPackages } from '../systemPackages.ts';
import { findProgram } from './findProgram.ts';
import { createHostEnvironment } from './hostEnvironment.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What works as root, in a container, without a display and without asking the network for anything. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a Chromium without a screen. It ends with this process, however this process ends. With `exitOnSignal` a
 * signal closes it and ends this process; otherwise the caller decides what happens.
 */
export function launchBrowser({ exitOnSignal = false } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: flags,
    env: createHostEnvironment(undefined),
    handleSIGINT: exitOnSignal,
    handleSIGTERM: exitOnSignal,
    handleSIGHUP: exitOnSignal,
  });
}

/** `CODEGEN_LAB_CHROMIUM`, or the first on PATH; installed where that is possible. */
function findBrowser(): string {
  const chosen = process.env['CODEGEN_LAB_CHROMIUM'];
  if (chosen) return chosen;
  const found = findProgram(names);
  if (found) return found;
  ensureSystemPackages(['chromium']);
  const installed = findProgram(names);
  if (installed) return installed;
  throw new Error('There is no Chromium on PATH. Set CODEGEN_LAB_CHROMIUM to the path of one, or of Chrome.');
}
