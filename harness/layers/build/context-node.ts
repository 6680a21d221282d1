import type { FileNode } from '../image/file-node.ts';
import type { Build } from './build.ts';

/** A file of the build context as it lands in an image. */
export function contextNode(build: Build, path: string): FileNode {
  const file = build.sent.get(path);
  const bytes = file?.bytes ?? Buffer.alloc(0);
  return {
    bytes,
    size: bytes.length,
    trace: build.input.secrets.find(bytes),
    origin: { kind: 'context', path },
    owner: 'root',
    mode: file?.mode ?? 0o644,
  };
}
