/*
 * Stands in for `@vscode/spdlog` in an installed VS Code: without its native part, which has to be compiled, the editor
 * writes no log, and every log channel stays empty. Copied to where the editor loads that package from.
 */
const { closeSync, mkdirSync, openSync, writeSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = levels.indexOf('info');
  #isPlain = false;

  constructor(_type, _name, path) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'a');
  }

  trace = (text) => this.#write(0, text);
  debug = (text) => this.#write(1, text);
  info = (text) => this.#write(2, text);
  warn = (text) => this.#write(3, text);
  error = (text) => this.#write(4, text);
  critical = (text) => this.#write(5, text);

  getLevel = () => this.#level;

  setLevel(level) {
    this.#level = level;
  }

  /** Lines come formatted. */
  clearFormatters() {
    this.#isPlain = true;
  }

  setPattern() {
    this.#isPlain = false;
  }

  flush() {
    // Every line is written at once.
  }

  drop() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(level, text) {
    if (level < this.#level || this.#file === undefined) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    writeSync(this.#file, this.#isPlain ? text : `${time} [${levels[level]}] ${text}\n`);
  }
}

async function createLogger(name, path) {
  return new Logger('rotating', name, path);
}

/** Each logger has its own level, and writes every line at once. */
function doNothing() {}

// One by one, because the editor imports them by name.
exports.Logger = Logger;
exports.setLevel = doNothing;
exports.setFlushOn = doNothing;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
