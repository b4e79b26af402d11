/** Folders and files that the sandbox's user cannot reach, brought by root to where it can. */
export interface Staging {
  readonly unshare: string;
  readonly shell: string;
  /** An existing folder of root that everybody can enter. It stays empty: what is mounted there is seen by one command only. */
  readonly folder: string;
  readonly sources: readonly string[];
}

/** Where `buildStagingArgv` puts the source with this index. */
export function stagedPath(folder: string, index: number): string {
  return `${folder}/${index}`;
}

/**
 * The command line that makes the mounts in a mount namespace of its own and then becomes whatever follows it. The
 * script is fixed; what differs comes as positional arguments, never as text of the script.
 */
export function buildStagingArgv(staging: Staging): readonly string[] {
  return [
    ...[staging.unshare, '--mount', '--propagation', 'private', '--', staging.shell, '-c', script, 'stage'],
    ...[staging.folder, ...staging.sources, '--'],
  ];
}

// Sources are absolute, so none is taken for the `--` that ends them.
const script = `set -e
folder=$1
shift
mount -t tmpfs -o mode=0711,size=1m,nosuid,nodev codegen-lab "$folder"
index=0
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir "$folder/$index"; else : > "$folder/$index"; fi
  mount --rbind -- "$1" "$folder/$index"
  index=$((index + 1))
  shift
done
shift
exec "$@"`;
