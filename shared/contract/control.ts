import { z } from 'zod';

/** What an authority answers a command with, over its control socket; its caller prints `text` or `output`. */
export const commandAnswer = z.object({ exitCode: z.number().int(), output: z.unknown(), text: z.string() });

/**
 * Windows: the file in the data folder that names the pipe of the authority that runs now. The name is drawn at every start,
 * so that nobody who cannot read the folder can wait under it. Elsewhere the socket is a file itself and needs no such file.
 */
export const pipeFileName = 'control.pipe';
export const pipeName = z.string().regex(/^\\\\\.\\pipe\\vinculo-[0-9a-f]{32}$/);
/** The socket's own file on the other systems. */
export const socketFileName = 'control.sock';
