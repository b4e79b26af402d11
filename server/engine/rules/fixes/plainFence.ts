import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.foreign-frontmatter`: YAML is the only language, so that it is named or not is the same. */
export const plainFence: FixFinder = ({ text }, { span }) => {
  const isYaml = /^---[ \t]*ya?ml$/i.test(text.slice(span.start, span.end));
  return isYaml ? [replaceText('Begin with `---` alone', { span, newText: '---', isCertain: true })] : [];
};
