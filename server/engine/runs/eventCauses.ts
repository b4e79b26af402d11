import type { FileEvent } from '../triggers/fileEvent.ts';
import { fileKey } from './firingKey.ts';

/** What an event takes over from the one that caused it. */
export type Cause = Pick<FileEvent, 'origin' | 'depth' | 'causedBy'>;

const maxFiles = 5_000;
const otherProgram: Cause = { origin: 'disk', depth: 0 };

/** Who last changed a file, so that what comes of it, such as other problems, counts as theirs. */
export class EventCauses {
  readonly #causes = new Map<string, Cause>();

  note({ root, path, origin, depth, causedBy }: FileEvent): void {
    this.#set(fileKey({ root, path }), {
      origin,
      depth,
      ...(causedBy === undefined ? {} : { causedBy }),
    });
  }

  /** A person types in the file. */
  typed(root: string, path: string): void {
    this.#set(fileKey({ root, path }), { origin: 'user', depth: 0 });
  }

  /** Of a file at which nobody was seen it is another program. */
  of(root: string, path: string): Cause {
    return this.#causes.get(fileKey({ root, path })) ?? otherProgram;
  }

  #set(key: string, cause: Cause): void {
    this.#causes.delete(key);
    this.#causes.set(key, cause);
    const [oldest] = this.#causes.keys();
    if (this.#causes.size > maxFiles && oldest !== undefined) this.#causes.delete(oldest);
  }
}
