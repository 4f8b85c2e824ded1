import { expect, test } from 'vitest';
import { toBase64url } from '../../../shared/domain/base64url.ts';
import { invitationLink } from '../../../shared/domain/invitation-link.ts';
import { approveLink } from '../../../shared/domain/scanned.ts';
import { chooseCode } from './choose-code.ts';
import { problemOf } from './reader/camera-problem.ts';

const approve = approveLink({ authority: 'https://autoridad.example', approvalId: '00000000-0000-4000-8000-000000000101', number: '418207' });
const other = approveLink({ authority: 'https://autoridad.example', approvalId: '00000000-0000-4000-8000-000000000102', number: '902553' });
const offline = 'eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IjEifQ.c2ln';
const invitation = invitationLink({ authority: 'https://autoridad.example', code: toBase64url(new Uint8Array(14)), thumbprint: toBase64url(new Uint8Array(32)) });

test('one of ours is taken, whatever else hangs on the wall', () => {
  expect(chooseCode(['https://example.com/menu', approve, 'WIFI:S:red;;'], true)).toEqual({ kind: 'one', text: approve });
});

test('of the two codes of one request the one that fits the network is taken', () => {
  expect(chooseCode([offline, approve], true)).toEqual({ kind: 'one', text: approve });
  expect(chooseCode([offline, approve], false)).toEqual({ kind: 'one', text: offline });
  expect(chooseCode([offline], true)).toEqual({ kind: 'one', text: offline });
});

test('the same code on two monitors is one', () => {
  expect(chooseCode([approve, approve], true)).toEqual({ kind: 'one', text: approve });
});

test('two requests, or a request and an invitation, are the person’s choice', () => {
  expect(chooseCode([approve, other], true)).toMatchObject({ kind: 'several', codes: [{ text: approve }, { text: other }] });
  expect(chooseCode([approve, invitation], true)).toMatchObject({ kind: 'several' });
});

test('none at all and none of ours are told apart', () => {
  expect(chooseCode([], true)).toEqual({ kind: 'none' });
  expect(chooseCode(['https://example.com', 'javascript:alert(1)', 'x'.repeat(5000)], true)).toEqual({ kind: 'foreign' });
});

test.each([
  ['Error getting userMedia, error = NotAllowedError: Permission denied', 'refused'], ['Error getting userMedia, error = NotFoundError: Requested device not found', 'none'],
  ['Error getting userMedia, error = NotReadableError: Could not start video source', 'busy'], ['something else', 'failed'],
] as const)('%s: the camera is %s', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
  expect(problemOf(new Error(text))).toBe(problem);
});
