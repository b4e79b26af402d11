const markup =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[^?]*\?>|(?<close>\/?)(?<name>[\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/?)>)/uy;
const maxDepth = 100;

/** Whether XML is one whole element, its tags in balance. Document types, and with them entities of its own, are refused. */
export function isBalanced(xml: string): boolean {
  const open: string[] = [];
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', markup.lastIndex)) {
    markup.lastIndex = at;
    const groups = markup.exec(xml)?.groups;
    if (groups === undefined) return false;
    const { close, name, empty } = groups;
    if (name === undefined) continue;
    if (close === '/' && open.pop() !== name) return false;
    if (close === '' && empty === '') open.push(name);
    if (open.length === 0) return !xml.includes('<', markup.lastIndex);
    if (open.length > maxDepth) return false;
  }
  return false;
}
