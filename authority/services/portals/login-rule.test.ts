import { beforeEach, expect, test } from 'vitest';
import { by, type Desktop } from '../../../test/support/authority-world.ts';
import { addPortal } from '../../../test/support/portal-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import type { Portal } from '../../store/entities.ts';

/** "Who may log in" over what really happens to tokens, as a portal hears it; each cell by itself is in test/store/code-check. */
const used = useWorld({ pool: 1 });
let luis: Desktop;
let portal: Portal;
beforeEach(async () => {
  luis = await used.world.activated('luis');
  portal = await addPortal(used.world);
});
const rule = (name = 'luis') => used.world.services.portals.people.rule(portal, { name });
const tokens = () => used.world.services.issuer.tokens;
const nobody = { required: true, methods: [] };
const asBefore = { required: false, methods: [] };
/** The computer is lost, and the token goes back to the pool before another is bound. */
async function takeBack(): Promise<void> {
  await tokens().replaceDevice(luis.serial!, 'lost', by);
  await tokens().unassign(luis.serial!, by);
}

test('S18: who had an active token never gets in by the password alone again, also when his token went back to the pool', async () => {
  expect(await rule()).toEqual({ required: true, methods: ['push', 'offline', 'code'] });
  await tokens().replaceDevice(luis.serial!, 'lost', by);
  expect(await rule()).toEqual(nobody);
  await tokens().unassign(luis.serial!, by);
  expect(await rule()).toEqual(nobody);
  await tokens().assign('luis', by);
  expect(await rule()).toEqual(nobody);
});

test('S18: nor after he was deactivated while his token waited for another computer', async () => {
  await tokens().replaceDevice(luis.serial!, 'lost', by);
  await used.world.services.issuer.users.deactivate('luis', by);
  expect(await rule()).toEqual(nobody);
  await used.world.services.issuer.users.reactivate('luis', by);
  expect(await rule()).toEqual(nobody);
});

test('S18: nor after it was revoked', async () => {
  await tokens().revoke(luis.serial!, by);
  expect(await rule()).toEqual(nobody);
});

test('the next holder of that token logs in as before until it is active for him', async () => {
  await takeBack();
  await used.world.person('eva');
  await tokens().assign('eva', by);
  expect((await used.world.store.read.tokenBySerial(luis.serial!))?.userId).toBe((await used.world.store.read.userByName('eva'))?.id);
  expect(await rule('eva')).toEqual(asBefore);
  expect(await rule()).toEqual(nobody);
});
