import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

/** Names under which a secret could come into a line by mistake: what stands there is not written (S21). */
const secretNames = ['password', 'newPassword', 'pin', 'pinVerifier', 'verifier', 'newVerifier', 'secondProof', 'code', 'typedCode', 'share', 'seed', 'sealedSeed', 'accessToken', 'proof', 'authorization', 'dpop', 'text', 'link', 'data', 'input'];

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** One JSON line an event, to standard output. Bodies, queries, texts of messages and values of rows are never given to it. */
export function createLog(level: Config['logLevel']): Logger {
  return pino({
    level, base: null, timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[—]' },
    serializers: { error: describeCause },
  });
}

/** What is known of an error (under names that redaction does not blank) without the values it was about: a database's `detail` or a parser's input may hold them. */
export function describeCause(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  const issues = 'issues' in error && Array.isArray(error.issues) ? error.issues.slice(0, 5).map((issue: { path?: unknown[]; message?: unknown }) => ({ path: issue.path?.map((part) => String(part)).join('.'), message: issue.message })) : undefined;
  return {
    type: error.name, message: error.message, errorCode: code, resultCode: errcode, issues,
    stack: error.stack?.split('\n').slice(1, 9).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: describeCause(error.cause) }),
  };
}
