import { exec } from 'node:child_process';
import fs from 'node:fs';
export function go(a, o, k) {
  exec('ls ' + a);
  eval(a);
  fs.readFileSync(a);
  new RegExp(a);
  // eslint-disable-next-line security/detect-unsafe-regex
  /(x+x+)+y/.test(a);
  setTimeout(a, 1);
  return o[k];
}
