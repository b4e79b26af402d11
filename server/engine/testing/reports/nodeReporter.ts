/**
 * A reporter for `node --test` that writes one JSON line per event. The built-in JUnit reporter loses the failure of a test
 * that has subtests, and names neither file nor line on Node 20. It is handed over as a `data:` URL, so that nothing of ours
 * has to lie in the project or be mounted in the sandbox. Works on Node 20 and newer.
 */
const source = String.raw`
const cut = (text, size) => (text.length > size ? text.slice(0, size) : text);
const show = (value) => {
  if (value === undefined) return undefined;
  try { return cut(typeof value === 'string' ? value : JSON.stringify(value, null, 2) ?? String(value), 4000); } catch { return cut(String(value), 4000); }
};
const errorOf = (error) => {
  if (!error) return undefined;
  const cause = error.cause && typeof error.cause === 'object' ? error.cause : error;
  return {
    type: error.failureType,
    message: cut(String(cause.message ?? error.message ?? error.cause ?? 'failed'), 4000),
    stack: cut(String(cause.stack ?? ''), 8000),
    expected: show(cause.expected),
    actual: show(cause.actual),
  };
};
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:stderr') {
      yield JSON.stringify({ type, file: data.file, message: cut(String(data.message), 4000) }) + '\n';
    } else if (type === 'test:enqueue' || type === 'test:start' || type === 'test:pass' || type === 'test:fail') {
      yield JSON.stringify({
        type, name: data.name, nesting: data.nesting, file: data.file, line: data.line,
        ms: data.details?.duration_ms, kind: data.details?.type, skip: data.skip, todo: data.todo,
        error: errorOf(data.details?.error),
      }) + '\n';
    } else if (type === 'test:coverage') {
      for (const file of data.summary.files) {
        const lines = (file.lines ?? []).map((entry) => [entry.line, entry.count]);
        const branches = (file.branches ?? []).map((entry) => [entry.line, entry.count]);
        yield JSON.stringify({ type, file: file.path, lines, branches }) + '\n';
      }
    }
  }
  yield '{"type":"end"}\n';
}
`;

export const nodeReporterUrl = `data:text/javascript,${encodeURIComponent(source)}`;
