import { buildApp, buildRenderer } from '../../build/bundles.ts';
import { startSecretService } from './secret-service.ts';

/**
 * Once before the end-to-end tests: the build they run, and on Linux a session bus with a real keychain on it, which the
 * desktops inherit. Tests that need another state of it start their own (`withSecretService`).
 */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env['VINCULO_SHELL'] === 'electron') await buildApp();
  else await buildRenderer();
  if (process.platform !== 'linux') return async () => undefined;
  const service = await startSecretService();
  Object.assign(process.env, service.environment);
  return () => service.stop();
}
