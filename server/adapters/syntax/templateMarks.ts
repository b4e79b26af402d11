/**
 * What of a page a template engine or a component framework reads before a browser does: expressions and statements in
 * braces, tags of server languages, bound attributes, blocks.
 */
const marks =
  /\{\{|\{%|\{#|<%|<\?(?!xml)|\$\{|[\s"'](?:\*ng|v-|x-|@|:|\[|\()[\w.:-]+[\])]*=|@(?:if|else|for|switch|case|defer|let|foreach|section|extends|yield|include|model)\b/i;

/** Whether a page is the source of one that is made of it: tags that do not match may well match then. */
export function isTemplate(html: string): boolean {
  return marks.test(html);
}
