import { describe, expect, it } from 'vitest';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { createAdminWorld } from '../../api/testing/admin-world.ts';
import { offeredActions, planDeactivation } from './user-actions.ts';
import { addRequest, changesContact, editRequest, emptyFields, fieldsOf, wrongFields } from './user-form.ts';

const world = createAdminWorld({ now: 1_795_000_000_000, tokens: 80, usersWithout: 40 });
const find = (test: (user: UserRow) => boolean): UserRow => world.users.find(test) ?? (() => { throw new Error('no such user in the sample'); })();
const active = find((user) => user.token?.state === 'active' && user.role === 'member');

describe('actions of a person', () => {
  it('leaves admins, oneself included, to the issuer', () => {
    expect(offeredActions(find((user) => user.isSelf))).toEqual(['seeToken']);
    expect(offeredActions(find((user) => user.role === 'admin' && !user.isSelf))).not.toContain('edit');
  });

  it('offers what the state allows', () => {
    expect(offeredActions(find((user) => !user.active))).toContain('reactivate');
    expect(offeredActions(find((user) => !user.active))).not.toContain('deactivate');
    expect(offeredActions(find((user) => user.obstacles.length === 0))).toContain('assign');
    expect(offeredActions({ ...active, hardwareToken: { ...world.users[0]!.hardwareToken!, state: 'off' } })).not.toContain('hardwareTokenLost');
  });

  it('says what deactivating does to the token', () => {
    expect(planDeactivation(active).token).toEqual({ before: 'active', after: 'blocked' });
    expect(planDeactivation(find((user) => user.token?.state === 'assigned')).token).toEqual({ before: 'assigned', after: 'available' });
    expect(planDeactivation(find((user) => user.token?.state === 'blocked')).token).toBeNull();
  });
});

describe('the form of a person', () => {
  const fields = { ...emptyFields('es'), name: ' Ana Ñáñez ', userName: ' ANanez ', mobile: '+57 (310) 555-4471' };

  it('sends what people write in its plain form', () => {
    expect(wrongFields(fields)).toEqual([]);
    expect(addRequest(fields)).toEqual({ kind: 'addUser', user: { userName: 'ananez', name: 'Ana Ñáñez', email: null, mobile: '+573105554471', language: 'es' } });
  });

  it('names every field that is wrong', () => {
    expect(wrongFields({ ...fields, name: ' ', userName: 'á', email: 'x@', mobile: '310' })).toEqual(['name', 'userName', 'email', 'mobile']);
  });

  it('signs only what changes', () => {
    expect(editRequest(active, fieldsOf(active))).toBeNull();
    expect(editRequest(active, { ...fieldsOf(active), email: '' })).toEqual({ kind: 'editUser', userId: active.id, changes: { email: null } });
    expect(changesContact(active, { ...fieldsOf(active), name: 'Otra' })).toBe(false);
    expect(changesContact(active, { ...fieldsOf(active), mobile: '+573000000000' })).toBe(true);
  });
});
