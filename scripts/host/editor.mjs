#!/usr/bin/env node
/*
 * Stands in for the executable of a desktop VS Code: what `runTests` of @vscode/test-electron passes, it runs in the
 * host of this folder, and it exits with the code of the tests. Needs the Node of run.mjs first in PATH.
 */
import { runEditorCommand } from './editorCommand.ts';

process.exit(await runEditorCommand(process.argv.slice(2)));
