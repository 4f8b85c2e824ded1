import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the portal has to know: all of it comes from whoever runs the authority. */
export interface Config {
  /** Issuer of the OpenID provider, e.g. `https://vinculo.example.com/oidc`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the REST interface begins, e.g. `https://vinculo.example.com`. */
  readonly api: string;
}

export interface Start { readonly config: Config; /** Its path: `portal-ready.json` is written beside it. */ readonly file: string; readonly host: string; readonly port: number }

/** Said to whoever starts the portal; no stack, no value of a secret. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/** TLS, or this machine: the client's secret and people's passwords go there. */
const address = z.url({ protocol: /^https?$/ }).refine((text) => text.startsWith('https:') || isLoopback(new URL(text).hostname), 'https://, or http:// to 127.0.0.1 only').transform((text) => text.replace(/\/+$/, ''));
const schema = z.object({ issuer: address, clientId: z.string().min(1), clientSecret: z.string().min(1), api: address });

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** @throws ConfigProblem that says what is missing and where it comes from */
export function readStart(environment: Readonly<Record<string, string | undefined>>): Start {
  const file = environment['VINCULO_PORTAL_CONFIG'];
  if (file === undefined || file === '') throw new ConfigProblem(howToConfigure);
  const [, host = '', port = ''] = /^([^:]+|\[::1\]):(\d{1,5})$/.exec(environment['VINCULO_PORTAL_LISTEN'] ?? '127.0.0.1:0') ?? [];
  if (!isLoopback(host) || Number(port) > 65_535) throw new ConfigProblem('VINCULO_PORTAL_LISTEN: 127.0.0.1:<port> (this sample speaks http, so it stays on this machine).');
  return { config: readConfig(file), file, host, port: Number(port) };
}

function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigProblem(`VINCULO_PORTAL_CONFIG: ${file} cannot be read.\n${howToConfigure}`);
  }
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new ConfigProblem(`${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'JSON'}: ${message}`).join('; ')}.\n${howToConfigure}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const howToConfigure = `VINCULO_PORTAL_CONFIG names a JSON file:
  { "issuer": "http://127.0.0.1:8480/oidc", "clientId": "…", "clientSecret": "…", "api": "http://127.0.0.1:8480" }
The authority's operator makes id and secret: npm run authority -- portal add "My portal" --companies "A company". docs/portal-guide.md tells it step by step.
"Probar en este equipo" makes one by itself: portal.json in the trial's data folder.`;
