import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSerialNumber, serialNumber } from './ids.ts';
import { assignmentObstaclesOf, isEmail, isMobile, normaliseMobile } from './users.ts';

const able = { active: true, email: 'a.betancourt@textilesdelvalle.example', mobile: '+573105554471', emailBounced: false, mobileBounced: false, tokenState: null } as const;

describe('who can be given a token', () => {
  it('is a user who is active, reachable by both and without a token', () => expect(assignmentObstaclesOf(able)).toEqual([]));
  it.each([
    [{ active: false }, 'inactive'], [{ email: null }, 'no_email'], [{ email: 'nadie' }, 'no_email'], [{ mobile: null }, 'no_mobile'],
    [{ mobile: '3105554471' }, 'no_mobile'], [{ emailBounced: true }, 'email_bounced'], [{ mobileBounced: true }, 'mobile_bounced'],
    [{ tokenState: 'assigned' }, 'has_token'], [{ tokenState: 'blocked' }, 'has_token'],
  ] as const)('%j: %s', (facts, obstacle) => expect(assignmentObstaclesOf({ ...able, ...facts })).toEqual([obstacle]));
  it('may have had one that is revoked', () => expect(assignmentObstaclesOf({ ...able, tokenState: 'revoked' })).toEqual([]));
  it('names every obstacle at once', () => {
    expect(assignmentObstaclesOf({ ...able, active: false, mobile: null, email: null })).toEqual(['inactive', 'no_email', 'no_mobile']);
  });
});

describe('contacts', () => {
  it.each(['+573105554471', '+14155550123', '+4915112345678'])('%s is a mobile number', (text) => expect(isMobile(text)).toBe(true));
  it.each(['3105554471', '+0310555447', '+57', '+57310555447100000', '+57 310', ''])('%j is not', (text) => expect(isMobile(text)).toBe(false));
  it('forgives how people write numbers', () => expect(normaliseMobile('+57 (310) 555-44.71')).toBe('+573105554471'));
  it.each(['a@b.co', 'ñandú@correo.example'])('%s is an address', (text) => expect(isEmail(text)).toBe(true));
  it.each(['a@b', 'a b@c.de', '@b.co', 'a@b..', '<a@b.co>', ''])('%j is not', (text) => expect(isEmail(text)).toBe(false));
});

describe('serial numbers', () => {
  it('are three letters and seven digits', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z]{3}$/), fc.integer({ min: 0, max: 9_999_999 }), (prefix, n) => isSerialNumber(serialNumber(prefix, n))));
  });
  it('have no eighth digit', () => expect(() => serialNumber('FEF', 10_000_000)).toThrow(RangeError));
});
