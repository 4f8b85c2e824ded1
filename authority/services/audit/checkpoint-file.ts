import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { CheckpointLog } from './checkpoints.ts';

/**
 * A text file beside, never inside, the database: one compact JWS per line, appended and flushed to the disk. Readable by its
 * owner only. A line that a crash cut short is completed with a line end at the next append, so that it spoils only itself.
 */
export function checkpointFile(path: string): CheckpointLog {
  return {
    async append(lines) {
      const file = await open(path, 'a+', 0o600);
      try {
        const { size } = await file.stat();
        const last = size === 0 ? null : await file.read(Buffer.alloc(1), 0, 1, size - 1);
        const cut = last !== null && last.buffer[0] !== 0x0a;
        await file.appendFile(`${cut ? '\n' : ''}${lines.join('\n')}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async *lines() {
      const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (file === null) return;
      const input = createReadStream('', { fd: file, autoClose: true });
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) if (line !== '') yield line;
    },
  };
}
