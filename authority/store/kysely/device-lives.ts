import type { DeviceId } from '../../../shared/domain/ids.ts';
import type { DeviceLife } from '../entities.ts';
import type { Reader } from '../store.ts';
import type { Scope } from './context.ts';

/** Of one statement. */
const atOnce = 512;

/** Every second the devices are looked at whose heartbeat it is: one statement for some hundreds of them. */
export function deviceLifeReader({ db }: Scope): Pick<Reader, 'deviceLives'> {
  return {
    async deviceLives(ids) {
      const lives: DeviceLife[] = [];
      for (let from = 0; from < ids.length; from += atOnce) {
        const rows = await db.selectFrom('devices').innerJoin('companies', 'companies.id', 'devices.companyId')
          .select(['devices.id', 'devices.state', 'companies.suspended']).where('devices.id', 'in', filledUp(ids.slice(from, from + atOnce))).execute();
        for (const { id, state, suspended } of rows) lives.push({ id, state, companySuspended: suspended === 1 });
      }
      return lives;
    },
  };
}

/** To a power of two, with the first one again: a statement is prepared for ten lengths, not for five hundred. */
function filledUp(ids: readonly DeviceId[]): readonly DeviceId[] {
  const [first] = ids;
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return first === undefined ? ids : [...ids, ...Array<DeviceId>(length - ids.length).fill(first)];
}
