import { expect, test } from 'vitest';
import { type BindEvent, type BindFlow, type InvitationPreview, nextStep } from './flow.ts';

const preview: InvitationPreview = { authority: 'https://a.example', issuer: 'Banco', company: 'Textiles', replacement: false, status: 'open', expiresAt: null };
const proof = { kind: 'sms', mobile: '+57 *** 71', expiresAt: 1 } as const;
const after = (events: readonly BindEvent[], from: BindFlow = { step: 'invitation', preview }) => events.reduce(nextStep, from);
const loggedIn: BindEvent = { type: 'loggedIn', company: 'Textiles', proof };

test('the way through, step by step', () => {
  expect(after([{ type: 'accepted' }]).step).toBe('login');
  expect(after([{ type: 'accepted' }, loggedIn])).toMatchObject({ step: 'proof', company: 'Textiles', proof });
  expect(after([{ type: 'accepted' }, loggedIn, { type: 'codeTyped', code: 'ABCD2345' }])).toMatchObject({ step: 'pin', code: 'ABCD2345' });
});

test('a refused code leads back to the second proof and forgets it', () => {
  const back = after([{ type: 'accepted' }, loggedIn, { type: 'codeTyped', code: 'ABCD2345' }, { type: 'codeRefused' }]);
  expect(back.step).toBe('proof');
  expect(back).not.toHaveProperty('code');
});

test('no event skips a step', () => {
  expect(after([loggedIn]).step).toBe('invitation');
  expect(after([{ type: 'codeTyped', code: 'X' }]).step).toBe('invitation');
  expect(after([{ type: 'accepted' }, { type: 'codeTyped', code: 'X' }]).step).toBe('login');
  expect(after([{ type: 'back' }]).step).toBe('invitation');
});
