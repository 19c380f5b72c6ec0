import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { ENGINE_DIR, type BuiltPlugin } from './plugin-files';

/**
 * A tar to unpack at `/` of an engine's machine. The directories above the plugins' own are left out, so that
 * unpacking changes no mode of theirs, and the administrator's overrides, so that it keeps them.
 * @param builtAt modification time of the files; an engine reads again what became newer
 */
export function pluginArchive(plugins: readonly BuiltPlugin[], builtAt: Date, engineDir = ENGINE_DIR): Promise<Buffer> {
  const root = engineDir.replace(/^\/+|\/+$/g, '');
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: builtAt };
  const tar = pack();
  for (const { resources, files } of plugins) {
    tar.entry({ ...owner, name: `${root}/${resources}/`, type: 'directory', mode: 0o755 });
    for (const { path, content } of files) tar.entry({ ...owner, name: `${root}/${path}`, mode: 0o644 }, content);
  }
  tar.finalize();
  return buffer(tar);
}
