import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { RESPONSE_HEADERS } from './response-headers.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface FileAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Answers a request of the renderer from the folder of its build. A path without an extension is a route of the app
 * and gets `index.html`; nothing outside the folder is ever read, whatever the path says.
 * @param pathname path part of the address, still percent-encoded
 */
export async function readRendererFile(folder: string, pathname: string): Promise<FileAnswer> {
  const path = safePath(folder, pathname);
  if (path === null) return notFound();
  const isRoute = extname(path) === '';
  const file = isRoute ? join(folder, 'index.html') : path;
  const contentType = CONTENT_TYPES[extname(file)];
  if (contentType === undefined) return notFound();
  try {
    return { status: 200, headers: { ...RESPONSE_HEADERS, 'content-type': contentType }, body: await readFile(file) };
  } catch {
    return notFound();
  }
}

function safePath(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const root = resolve(folder);
  const path = resolve(root, `.${decoded.startsWith('/') ? decoded : `/${decoded}`}`);
  return path === root || path.startsWith(root + sep) ? path : null;
}

function notFound(): FileAnswer {
  return { status: 404, headers: { ...RESPONSE_HEADERS, 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from('Not found') };
}
