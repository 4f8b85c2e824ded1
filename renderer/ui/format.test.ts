import { expect, test } from 'vitest';
import { formatClock, formatCount, formatDateTime, formatMobile, groupCode, initials } from './format.ts';

test('thousands: a point in Spanish also at four digits, a comma in English', () => {
  expect(formatCount(1284, 'es')).toBe('1.284');
  expect(formatCount(48350000, 'es')).toBe('48.350.000');
  expect(formatCount(1284, 'en')).toBe('1,284');
});

test('dates in the time zone of the company, 24 h', () => {
  const instant = Date.UTC(2026, 10, 21, 20, 42, 10);
  expect(formatDateTime(instant, { timeZone: 'America/Bogota' })).toBe('2026/11/21 15:42');
  expect(formatDateTime(instant, { timeZone: 'America/Bogota', seconds: true })).toBe('2026/11/21 15:42:10');
  expect(formatDateTime(Date.UTC(2026, 0, 1, 0, 5), { timeZone: 'UTC' })).toBe('2026/01/01 00:05');
});

test('the time that is left, codes, mobiles and initials', () => {
  expect([formatClock(277), formatClock(9.2), formatClock(-3)]).toEqual(['4:37', '0:10', '0:00']);
  expect([groupCode('418207'), groupCode('41820733')]).toEqual(['418 207', '4182 0733']);
  expect([formatMobile('+573105554471'), formatMobile('+14155550123')]).toEqual(['+57 310 555 4471', '+14155550123']);
  expect([initials('Mariana Restrepo Uribe'), initials('María del Rosario Fernández'), initials('Óscar')]).toEqual(['MR', 'MR', 'Ó']);
});
