import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { emailAddress, supportLine } from '../shared/contract/primitives.ts';
import { authorityOrigin, isLoopback } from '../shared/domain/invitation-link.ts';
import { trustedProxies } from './http/client-address.ts';
import { sampleIssuer, sampleSupport } from './services/trial-sample.ts';

/** What an issuer sets, in one place. Read once at the start; nothing else looks at the environment. */
export interface Config {
  readonly trial: boolean;
  readonly dataFolder: string;
  /** PostgreSQL; null: an SQLite file in the data folder. */
  readonly databaseUrl: string | null;
  /** Public origin; null in trial mode, where it is known once the port is. */
  readonly address: string | null;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | null;
  readonly trustedProxies: readonly string[];
  /** 32 bytes, or the file that holds them. */
  readonly masterKey: { readonly key: Uint8Array } | { readonly file: string };
  /** The one that is to take over, while the master key is being rotated. */
  readonly nextMasterKey: Config['masterKey'] | null;
  readonly issuer: string;
  /** Where the issuer is told of what a company has no admin for. */
  readonly issuerNotices: { readonly email: string; readonly language: 'es' | 'en' } | null;
  readonly support: readonly z.infer<typeof supportLine>[];
  readonly downloads: readonly { readonly label: string; readonly href: string }[];
  /** `outbox`: where a gateway is missing, the operator reads the messages and passes them on. */
  readonly messages: 'gateways' | 'outbox';
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly sms: { readonly url: string; readonly secret: string } | null;
  readonly remotePasswords: { readonly url: string; readonly secret: string } | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

type Trouble = keyof typeof sentences;
export type Variable = Exclude<Trouble, `${string}_${'WRONG' | 'MISSING'}`>;

/** Names the variable, says what is wrong with it and what is expected, in both languages. Never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: Trouble;
  constructor(variable: Trouble, options?: { cause?: unknown }) {
    const name = variable.replace(/_(WRONG|MISSING)$/, '');
    super(`${name}: ${sentences[variable].es}\n${name}: ${sentences[variable].en}`, options);
    this.variable = variable;
  }
}

const sentences = {
  VINCULO_DATA_FOLDER: { es: 'falta la carpeta de datos. La autoridad no arrancó. Indique una ruta absoluta.', en: 'the data folder is missing. The authority did not start. Give an absolute path.' },
  VINCULO_DATA_FOLDER_WRONG: { es: 'la carpeta de datos no se puede crear, o ahí hay un archivo. No cambió nada. Revise la ruta y los permisos de la carpeta que la contiene.', en: 'the data folder cannot be made, or a file is in its place. Nothing was changed. Check the path and the permissions of the folder that holds it.' },
  VINCULO_DATABASE_URL: { es: 'no es una dirección de PostgreSQL. Use postgres://usuario@servidor/base, o quítela para usar SQLite.', en: 'is not a PostgreSQL address. Use postgres://user@server/database, or remove it to use SQLite.' },
  VINCULO_ADDRESS: { es: 'falta la dirección pública o no empieza por https://. Escriba solo el origen, p. ej. https://vinculo.ejemplo.com.', en: 'the public address is missing or does not begin with https://. Give the origin only, e.g. https://vinculo.example.com.' },
  VINCULO_LISTEN: { es: 'no es una dirección y un puerto. Use p. ej. 127.0.0.1:8443 o [::]:8443.', en: 'is not an address and a port. Use e.g. 127.0.0.1:8443 or [::]:8443.' },
  VINCULO_TLS_CERT: { es: 'hace falta un certificado legible (PEM), salvo que escuche solo en este equipo detrás de un proxy con TLS.', en: 'a readable certificate (PEM) is needed unless it listens on this machine only, behind a proxy with TLS.' },
  VINCULO_TLS_KEY: { es: 'hace falta la llave privada del certificado, legible (PEM).', en: 'the private key of the certificate is needed, readable (PEM).' },
  VINCULO_TRUSTED_PROXIES: { es: 'no es una lista de direcciones o redes, p. ej. 10.0.0.0/8,127.0.0.1.', en: 'is not a list of addresses or networks, e.g. 10.0.0.0/8,127.0.0.1.' },
  VINCULO_MASTER_KEY: { es: 'la llave maestra debe ser de 32 bytes en base64.', en: 'the master key must be 32 bytes in base64.' },
  VINCULO_MASTER_KEY_FILE: { es: 'falta la llave maestra. Indique su archivo, o la llave misma en VINCULO_MASTER_KEY.', en: 'the master key is missing. Give its file, or the key itself in VINCULO_MASTER_KEY.' },
  VINCULO_MASTER_KEY_FILE_WRONG: { es: 'no se pudo crear la llave maestra en ese archivo. No cambió nada más. Revise que su carpeta exista y permita escribir.', en: 'the master key could not be created in that file. Nothing else was changed. Check that its folder exists and can be written to.' },
  VINCULO_MASTER_KEY_NEXT: { es: 'la llave maestra siguiente debe ser de 32 bytes en base64.', en: 'the next master key must be 32 bytes in base64.' },
  VINCULO_MASTER_KEY_NEXT_FILE: { es: 'el archivo de la llave maestra siguiente no se puede leer o no es una llave.', en: 'the file of the next master key cannot be read or is no key.' },
  VINCULO_MASTER_KEY_WRONG: { es: 'la base de datos se selló con otra llave maestra. No se abrió ni se cambió nada. Indique la que la creó.', en: 'the database was sealed with another master key. Nothing was opened or changed. Give the one that created it.' },
  VINCULO_TRIAL: { es: 'debe ser 1 o 0.', en: 'must be 1 or 0.' },
  VINCULO_ISSUER_NAME: { es: 'falta el nombre del emisor, como lo verán las personas (hasta 80 caracteres).', en: 'the issuer’s name is missing, as people will see it (up to 80 characters).' },
  VINCULO_ISSUER_EMAIL: { es: 'no es una dirección de correo. Use p. ej. guardia@ejemplo.com, o quítela si nadie del emisor va a recibir avisos.', en: 'is not an e-mail address. Use e.g. duty@example.com, or remove it if nobody of the issuer is to be told.' },
  VINCULO_ISSUER_LANGUAGE: { es: 'debe ser es o en.', en: 'must be es or en.' },
  VINCULO_SUPPORT: { es: 'no es un archivo JSON con la lista de líneas de soporte: [{"label","value","href","hours"}].', en: 'is not a JSON file with the list of support lines: [{"label","value","href","hours"}].' },
  VINCULO_DOWNLOADS: { es: 'no es un archivo JSON con la lista de descargas: [{"label","href"}], con direcciones https.', en: 'is not a JSON file with the list of downloads: [{"label","href"}], with https addresses.' },
  VINCULO_MESSAGES: { es: 'debe ser gateways u outbox.', en: 'must be gateways or outbox.' },
  VINCULO_SMTP_URL_MISSING: { es: 'falta el servidor de correo por el que salen invitaciones y avisos. La autoridad no arrancó. Indíquelo, o ponga VINCULO_MESSAGES=outbox si el operador va a leer los mensajes con “outbox list” y entregarlos.', en: 'the mail server through which invitations and notices leave is missing. The authority did not start. Give it, or set VINCULO_MESSAGES=outbox if the operator will read the messages with “outbox list” and pass them on.' },
  VINCULO_SMS_URL_MISSING: { es: 'falta la pasarela por la que salen los SMS. La autoridad no arrancó. Indíquela, o ponga VINCULO_MESSAGES=outbox si el operador va a leer los mensajes con “outbox list” y entregarlos.', en: 'the gateway through which SMS leave is missing. The authority did not start. Give it, or set VINCULO_MESSAGES=outbox if the operator will read the messages with “outbox list” and pass them on.' },
  VINCULO_SMTP_URL: { es: 'no es una dirección de correo saliente. Use smtps://usuario:clave@servidor:465 o smtp://servidor:587.', en: 'is not an address for outgoing mail. Use smtps://user:password@server:465 or smtp://server:587.' },
  VINCULO_SMTP_FROM: { es: 'falta el remitente, p. ej. Banco Ejemplo <vinculo@ejemplo.com>.', en: 'the sender is missing, e.g. Example Bank <vinculo@example.com>.' },
  VINCULO_SMS_URL: { es: 'no es una dirección https.', en: 'is not an https address.' },
  VINCULO_SMS_SECRET: { es: 'falta el secreto compartido con la pasarela de SMS, de 32 caracteres o más.', en: 'the secret shared with the SMS gateway is missing, 32 characters or more.' },
  VINCULO_REMOTE_PASSWORDS: { es: 'no es una dirección https.', en: 'is not an https address.' },
  VINCULO_REMOTE_PASSWORDS_SECRET: { es: 'falta el secreto compartido con el portal que verifica contraseñas, de 32 caracteres o más.', en: 'the secret shared with the portal that checks passwords is missing, 32 characters or more.' },
  VINCULO_LOG_LEVEL: { es: 'debe ser debug, info, warn, error o silent.', en: 'must be debug, info, warn, error or silent.' },
} as const;

/** Every variable, for what must tell of all of them. */
export const variables: readonly string[] = [...new Set(Object.keys(sentences).map((trouble) => trouble.replace(/_(WRONG|MISSING)$/, '')))];

/** Not left where a crash report, a child process or a page of diagnostics would find them. */
const secrets = ['VINCULO_MASTER_KEY', 'VINCULO_MASTER_KEY_NEXT', 'VINCULO_DATABASE_URL', 'VINCULO_SMTP_URL', 'VINCULO_SMS_SECRET', 'VINCULO_REMOTE_PASSWORDS_SECRET'] as const;

type Environment = Record<string, string | undefined>;

/**
 * Parses the environment, and deletes the secrets from it.
 * @param environment usually `process.env`; changed
 * @throws ConfigError at the first variable that cannot be used
 */
export function readConfig(environment: Environment): Config {
  const get = (variable: Variable): string | null => environment[variable]?.trim() || null;
  const trial = choice('VINCULO_TRIAL', get, ['0', '1'] as const, '0') === '1';
  const dataFolder = required('VINCULO_DATA_FOLDER', get, (text) => text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(text));
  const listen = readListen(get, trial);
  const tls = readTls(get);
  const address = readAddress(get, trial);
  if (tls === null && !isLoopback(listen.host)) throw new ConfigError('VINCULO_TLS_CERT');
  const config: Config = {
    trial, dataFolder, listen, tls, address,
    databaseUrl: optional('VINCULO_DATABASE_URL', get, (text) => /^postgres(ql)?:\/\/./.test(text)),
    trustedProxies: readProxies(get),
    masterKey: readMasterKey(get, dataFolder, trial),
    nextMasterKey: readNextMasterKey(get),
    issuer: trial ? (get('VINCULO_ISSUER_NAME') ?? sampleIssuer) : required('VINCULO_ISSUER_NAME', get, (text) => text.length <= 80),
    issuerNotices: readIssuerNotices(get),
    support: jsonFile('VINCULO_SUPPORT', get, z.array(supportLine)) ?? (trial ? sampleSupport : []),
    downloads: jsonFile('VINCULO_DOWNLOADS', get, z.array(z.object({ label: z.string().min(1).max(80), href: z.url({ protocol: /^https$/ }) }))) ?? [],
    messages: choice('VINCULO_MESSAGES', get, ['gateways', 'outbox'] as const, trial ? 'outbox' : 'gateways'),
    ...readGateways(get),
    logLevel: choice('VINCULO_LOG_LEVEL', get, ['debug', 'info', 'warn', 'error', 'silent'] as const, 'info'),
  };
  for (const variable of secrets) delete environment[variable];
  return config;
}

/**
 * Nobody would get an invitation from an authority that is served without gateways, and nobody would notice: it is to be said.
 * Commands need none; what they write leaves through the authority that runs.
 * @throws ConfigError
 */
export function requireGateways({ trial, messages, smtp, sms }: Pick<Config, 'trial' | 'messages' | 'smtp' | 'sms'>): void {
  if (trial || messages === 'outbox') return;
  if (smtp === null) throw new ConfigError('VINCULO_SMTP_URL_MISSING');
  if (sms === null) throw new ConfigError('VINCULO_SMS_URL_MISSING');
}

type Get = (variable: Variable) => string | null;

function optional(variable: Variable, get: Get, isRight: (text: string) => boolean): string | null {
  const value = get(variable);
  if (value !== null && !isRight(value)) throw new ConfigError(variable);
  return value;
}

function required(variable: Variable, get: Get, isRight: (text: string) => boolean): string {
  const value = optional(variable, get, isRight);
  if (value === null) throw new ConfigError(variable);
  return value;
}

function choice<const T extends string>(variable: Variable, get: Get, allowed: readonly T[], otherwise: T): T {
  const value = get(variable) ?? otherwise;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new ConfigError(variable);
  return found;
}

function readListen(get: Get, trial: boolean): Config['listen'] {
  const text = get('VINCULO_LISTEN') ?? (trial ? '127.0.0.1:0' : '127.0.0.1:8480');
  const [, bracketed, plain, port] = /^(?:\[([0-9A-Fa-f:]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) throw new ConfigError('VINCULO_LISTEN');
  // A trial is this machine's own business (S25).
  if (trial && !isLoopback(host)) throw new ConfigError('VINCULO_LISTEN');
  return { host, port: Number(port) };
}

function readAddress(get: Get, trial: boolean): string | null {
  const text = get('VINCULO_ADDRESS');
  if (text === null && trial) return null;
  const origin = text === null ? null : authorityOrigin(text);
  if (origin === null || !origin.secure) throw new ConfigError('VINCULO_ADDRESS');
  return origin.origin;
}

function readTls(get: Get): Config['tls'] {
  const read = (variable: 'VINCULO_TLS_CERT' | 'VINCULO_TLS_KEY'): Buffer | null => {
    const file = get(variable);
    return file === null ? null : fileOf(variable, file);
  };
  const certificate = read('VINCULO_TLS_CERT');
  const key = read('VINCULO_TLS_KEY');
  if (certificate === null && key === null) return null;
  if (certificate === null) throw new ConfigError('VINCULO_TLS_CERT');
  if (key === null) throw new ConfigError('VINCULO_TLS_KEY');
  return { certificate, key };
}

function readProxies(get: Get): readonly string[] {
  const entries = (get('VINCULO_TRUSTED_PROXIES') ?? '').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  try {
    trustedProxies(entries);
  } catch (cause) {
    throw new ConfigError('VINCULO_TRUSTED_PROXIES', { cause });
  }
  return entries;
}

function readMasterKey(get: Get, dataFolder: string, trial: boolean): Config['masterKey'] {
  const key = keyOf('VINCULO_MASTER_KEY', get);
  if (key !== null) return { key };
  const file = get('VINCULO_MASTER_KEY_FILE') ?? (trial ? `${dataFolder}/master.key` : null);
  if (file === null) throw new ConfigError('VINCULO_MASTER_KEY_FILE');
  return { file };
}

function readIssuerNotices(get: Get): Config['issuerNotices'] {
  const email = optional('VINCULO_ISSUER_EMAIL', get, (text) => emailAddress.safeParse(text).success);
  const language = choice('VINCULO_ISSUER_LANGUAGE', get, ['es', 'en'] as const, 'es');
  return email === null ? null : { email, language };
}

function readNextMasterKey(get: Get): Config['nextMasterKey'] {
  const key = keyOf('VINCULO_MASTER_KEY_NEXT', get);
  const file = get('VINCULO_MASTER_KEY_NEXT_FILE');
  return key !== null ? { key } : file === null ? null : { file };
}

/** Node reads both alphabets of base64. */
function keyOf(variable: Variable, get: Get): Uint8Array | null {
  const text = optional(variable, get, (key) => /^[A-Za-z0-9_+/-]{43}=?$/.test(key));
  return text === null ? null : new Uint8Array(Buffer.from(text, 'base64'));
}

function readGateways(get: Get): Pick<Config, 'smtp' | 'sms' | 'remotePasswords'> {
  const isHttps = (text: string) => authorityOrigin(URL.parse(text)?.origin ?? '')?.secure === true;
  const isSecret = (text: string) => text.length >= 32;
  const smtp = optional('VINCULO_SMTP_URL', get, (text) => /^smtps?:\/\/./.test(text) && URL.canParse(text));
  const sms = optional('VINCULO_SMS_URL', get, isHttps);
  const remote = optional('VINCULO_REMOTE_PASSWORDS', get, isHttps);
  return {
    smtp: smtp === null ? null : { url: smtp, from: required('VINCULO_SMTP_FROM', get, (text) => /[^\s@<>]+@[^\s@<>]+/.test(text)) },
    sms: sms === null ? null : { url: sms, secret: required('VINCULO_SMS_SECRET', get, isSecret) },
    remotePasswords: remote === null ? null : { url: remote, secret: required('VINCULO_REMOTE_PASSWORDS_SECRET', get, isSecret) },
  };
}

function jsonFile<T>(variable: Variable, get: Get, schema: z.ZodType<T>): T | null {
  const file = get(variable);
  if (file === null) return null;
  try {
    return schema.parse(JSON.parse(fileOf(variable, file).toString('utf8')));
  } catch (cause) {
    throw cause instanceof ConfigError ? cause : new ConfigError(variable, { cause });
  }
}

function fileOf(variable: Variable, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new ConfigError(variable, { cause });
  }
}
