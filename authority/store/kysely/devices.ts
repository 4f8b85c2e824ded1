import { sql } from 'kysely';
import type { DeviceId, TokenId } from '../../../shared/domain/ids.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { columns, flag, toDevice, toSeed } from './rows.ts';
import { statement } from './statement.ts';

type DeviceReader = Pick<Reader, 'device' | 'devicesOfToken' | 'deviceHistory' | 'deviceByThumbprint' | 'seed' | 'activeSeed'>;
type DeviceWriter = Pick<Transaction, 'addDevice' | 'updateDevice' | 'acknowledgeDevice' | 'countPinTry' | 'resetPinTries' | 'changePin' | 'addSeed' | 'deleteSeed' | 'advanceSeed'>;

const byId = statement<{ id: DeviceId }>()((db, { id }) => db.selectFrom('devices').selectAll('devices').where('id', '=', id));
const ofToken = statement<{ tokenId: TokenId }>()((db, { tokenId }) => db.selectFrom('devices').selectAll('devices').where('tokenId', '=', tokenId).where('state', '<>', sql.lit('closed')).orderBy('boundAt').orderBy('id'));
const seedOf = statement<{ deviceId: DeviceId }>()((db, { deviceId }) => db.selectFrom('seeds').selectAll().where('deviceId', '=', deviceId));
const activeSeedOf = statement<{ tokenId: TokenId }>()((db, { tokenId }) => db.selectFrom('devices').innerJoin('seeds', 'seeds.deviceId', 'devices.id').selectAll('seeds')
  .where('devices.tokenId', '=', tokenId).where('devices.state', '=', sql.lit('active')));
const advance = statement<{ deviceId: DeviceId; step: number }>()((db, { deviceId, step }) => db.updateTable('seeds').set({ lastStep: step })
  .where('deviceId', '=', deviceId).where((is) => is.or([is('lastStep', 'is', null), is('lastStep', '<', step)])));

export function deviceReader(scope: Scope): DeviceReader {
  const { db } = scope;
  const devices = db.selectFrom('devices').selectAll('devices');
  return {
    async device(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toDevice(row) : null;
    },
    async devicesOfToken(tokenId) {
      return (await ofToken(scope, { tokenId })).rows.map(toDevice);
    },
    async deviceHistory(tokenId) {
      return (await devices.where('tokenId', '=', tokenId).orderBy('boundAt', 'desc').orderBy('id', 'desc').execute()).map(toDevice);
    },
    async deviceByThumbprint(thumbprint) {
      const row = await devices.innerJoin('deviceKeys', 'deviceKeys.deviceId', 'devices.id').where('deviceKeys.thumbprint', '=', thumbprint).executeTakeFirst();
      return row ? toDevice(row) : null;
    },
    async activeSeed(tokenId) {
      const [row] = (await activeSeedOf(scope, { tokenId })).rows;
      return row ? toSeed(row) : null;
    },
    async seed(deviceId) {
      const [row] = (await seedOf(scope, { deviceId })).rows;
      return row ? toSeed(row) : null;
    },
  };
}

export function deviceWriter(scope: WriteScope): DeviceWriter {
  const { db } = scope;
  return {
    async addDevice(device) {
      await db.insertInto('devices').values({ ...device, replacing: flag(device.replacing) }).execute();
      // The primary key over all keys of all devices: a device key belongs to one token (invariant 2).
      await db.insertInto('deviceKeys').values([device.sessionThumbprint, device.approvalThumbprint].map((thumbprint) => ({ thumbprint, deviceId: device.id }))).execute();
    },
    async updateDevice(id, change) {
      const set = columns(change);
      if (Object.keys(set).length > 0) await db.updateTable('devices').set(set).where('id', '=', id).execute();
    },
    async acknowledgeDevice(id, now) {
      const { numUpdatedRows } = await db.updateTable('devices').set({ acknowledgedAt: now }).where('id', '=', id).where('acknowledgedAt', 'is', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async countPinTry(id, generation, limit) {
      const row = await db.updateTable('devices').set((is) => ({ pinFailures: is('pinFailures', '+', 1) }))
        .where('id', '=', id).where('pinGeneration', '=', generation).where('pinFailures', '<', limit).where('pinDestroyedAt', 'is', null)
        .returning('pinFailures').executeTakeFirst();
      return row?.pinFailures ?? null;
    },
    async resetPinTries(id) {
      await db.updateTable('devices').set({ pinFailures: 0 }).where('id', '=', id).where('pinDestroyedAt', 'is', null).execute();
    },
    async changePin(id, fromGeneration, verifier) {
      const { numUpdatedRows } = await db.updateTable('devices').set({ pinVerifier: verifier, pinGeneration: fromGeneration + 1, pinFailures: 0 })
        .where('id', '=', id).where('pinGeneration', '=', fromGeneration).where('pinDestroyedAt', 'is', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async addSeed(seed) {
      await db.insertInto('seeds').values(seed).execute();
    },
    async deleteSeed(deviceId) {
      await db.deleteFrom('seeds').where('deviceId', '=', deviceId).execute();
    },
    async advanceSeed(deviceId, step) {
      return (await advance(scope, { deviceId, step })).changed === 1;
    },
  };
}
