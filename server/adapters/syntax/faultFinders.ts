import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import type { ParsedFormat } from './textFormats.ts';

type FindFaults = (text: string) => readonly SyntaxFault[];

/** Loads the parser of a format, and gives what it refuses of a text. */
export const faultFinders: Readonly<Record<ParsedFormat, () => Promise<FindFaults>>> = {
  css: async () => (await import('./cssSyntax.ts')).findCssFaults,
  html: async () => (await import('./htmlSyntax.ts')).findHtmlFaults,
  toml: async () => (await import('./tomlSyntax.ts')).findTomlFaults,
  xml: async () => (await import('./xmlSyntax.ts')).findXmlFaults,
  yaml: async () => (await import('./yamlSyntax.ts')).findYamlFaults,
};

export function isFormat(language: string): language is ParsedFormat {
  return Object.hasOwn(faultFinders, language);
}
