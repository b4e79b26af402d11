/** A variable at the beginning of a text: how long it is written, and what it stands for. */
export type FindVariable = (rest: string) => { readonly length: number; readonly value: string } | undefined;

/**
 * A line of an author as a script of `sh`, where variables are its positional parameters: no value is ever read as shell
 * text. Quotes around a parameter are made to fit, so that it stays one word. Values are appended to `values`.
 */
export function shellScript(line: string, find: FindVariable, values: string[]): string {
  return replaceVariables(line, find, (value) => {
    values.push(value);
    return `\${${values.length}}`;
  });
}

/** The arguments that run a script with its parameters. */
export function shellArguments(script: string, values: readonly string[]): readonly [string, ...string[]] {
  return ['sh', '-c', script, 'sh', ...values];
}

function replaceVariables(line: string, find: FindVariable, parameter: (value: string) => string): string {
  let quote = '';
  let script = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    const found = find(line.slice(at));
    if (found !== undefined) {
      const replaced = parameter(found.value);
      script += quote === '"' ? replaced : quote === "'" ? `'"${replaced}"'` : `"${replaced}"`;
      at += found.length - 1;
    } else if (char === '\\' && quote !== "'") {
      script += char + (line[at + 1] ?? '');
      at += 1;
    } else {
      script += char;
      if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
    }
  }
  return script;
}
