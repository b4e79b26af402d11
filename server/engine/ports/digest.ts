/** SHA-256 of the UTF-8 bytes, in lower-case hexadecimal. */
export type Digest = (text: string) => string;
