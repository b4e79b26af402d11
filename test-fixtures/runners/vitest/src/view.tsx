export function element(name: string, _attributes: unknown, ...children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

export function greeting(name: string): string {
  return <b>Hello, {name}</b>;
}
