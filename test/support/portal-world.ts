import { randomInt } from 'node:crypto';
import type { PortalQuestion } from '../../authority/services/portals/requests.ts';
import type { Payment } from '../../shared/contract/signed.ts';
import type { Portal } from '../../authority/store/entities.ts';
import { by, type World } from './authority-world.ts';

export const loginOf = (user: string, change: Partial<Extract<PortalQuestion, { kind: 'login' }>> = {}): PortalQuestion => ({
  kind: 'login', user, context: { ip: `203.0.113.${randomInt(1, 250)}`, browser: 'Firefox 131 · Windows', place: null }, message: null, lifetime: 120, ...change,
});
export const payment: Payment = { version: 1, amount: '1250000.00', currency: 'COP', payee: 'Papelería La 14', account: '0012-3456-78', reference: 'Factura 1842' };
export const paymentOf = (user: string, change: Partial<Extract<PortalQuestion, { kind: 'transaction' }>> = {}): PortalQuestion => ({
  kind: 'transaction', user, context: { ip: `203.0.113.${randomInt(1, 250)}`, browser: 'Firefox 131 · Windows', place: { text: 'Medellín', source: 'GeoLite2' } }, payment, lifetime: 120, ...change,
});

/** A portal that serves the world's company, or the companies given. */
export async function addPortal(world: World, change: Partial<{ name: string; companies: string[]; offlineTransactions: boolean; perUser: number; perSource: number }> = {}): Promise<Portal> {
  const { clients } = world.services.portals;
  const name = change.name ?? 'Banca Empresarial';
  await clients.add({ name, companies: change.companies ?? [world.company.name], jwks: null, notificationEndpoint: null, offlineTransactions: change.offlineTransactions ?? false }, by);
  const { portal } = await clients.setLimits(name, { perUser: change.perUser ?? 5, perSource: change.perSource ?? 100 }, by);
  return portal;
}
